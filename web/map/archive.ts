import { type AddProtocolAction, addProtocol, type StyleSpecification } from 'maplibre-gl'
import { PMTiles, Protocol } from 'pmtiles'
import { type ArchiveMetadata, archiveStyle } from './archiveStyle.ts'
import { backdropFrame } from './backdropData.ts'

const protocol = new Protocol()
addProtocol('pmtiles', protocol.tilev4 as AddProtocolAction)

/**
 * Reads the head of a PMTiles file and answers how its tiles are drawn.
 * @errors rejects when it does not answer, is no PMTiles file, lies elsewhere, or holds layers nobody here knows
 */
export async function loadArchive(url: URL): Promise<StyleSpecification> {
  const archive = new PMTiles(url.href)
  const [header, metadata] = await Promise.all([archive.getHeader(), archive.getMetadata()])
  protocol.add(archive)
  return archiveStyle({ tiles: `pmtiles://${url.href}/{z}/{x}/{y}`, header, metadata: metadata as ArchiveMetadata }, backdropFrame())
}
