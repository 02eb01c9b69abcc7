import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CatalogueEntry, catalogueFileSchema } from '../../server/constraints/catalogueFile.ts'
import { INSTALLATION_TYPES } from '../../server/kernel/installationTypes.ts'
import { readDataFile } from '../dataFile.ts'

const { layers } = readDataFile(join(import.meta.dirname, 'catalogue.json'), catalogueFileSchema).content
const byId = new Map(layers.map((layer) => [layer.layerId, layer]))
const idsWhere = (holds: (layer: CatalogueEntry) => boolean) => layers.filter(holds).map(({ layerId }) => layerId)

const IDS = [
  'ejerskab',
  'lokalplan',
  'ramme',
  'landzone',
  'fingerplan',
  'par3',
  'par15',
  'par16soe',
  'par16aa',
  'par17',
  'par18',
  'par19',
  'ffm',
  'diger',
  'arkaeologi',
  'fredning',
  'natura2000',
  'fredskov',
  'vejareal',
  'bane',
  'ler',
  'jordv',
  'jord50',
  'drikkevand',
  'vandloeb',
  'klima',
  'stoej',
  'byggelov',
  'fbb',
  'adgang',
  'servitut',
]

/** Severities as the municipality was proposed them: bench, planting, sculpture, playground, shelter, multi-court, lighting, other. */
const SEVERITIES: Record<string, string> = {
  ejerskab: '33333333',
  lokalplan: '11222222',
  ramme: '00011111',
  landzone: '00122222',
  fingerplan: '00112212',
  par3: '33333333',
  par15: '00000000',
  par16soe: '12222222',
  par16aa: '12222222',
  par17: '00122212',
  par18: '22222222',
  par19: '00100111',
  ffm: '33333333',
  diger: '11222222',
  arkaeologi: '11111111',
  fredning: '22333333',
  natura2000: '00011111',
  fredskov: '20333323',
  vejareal: '22222222',
  bane: '12222222',
  ler: '11111111',
  jordv: '11132223',
  jord50: '00020102',
  drikkevand: '00000101',
  vandloeb: '10111001',
  klima: '00111111',
  stoej: '00011212',
  byggelov: '00121202',
  fbb: '11211122',
  adgang: '10111111',
  servitut: '11111111',
}

const texts = ({ name, law, rule, authority, citizenText, plannerText }: CatalogueEntry) => ({
  name,
  law,
  rule,
  authority,
  citizenText,
  plannerText,
})

describe('the catalogue', () => {
  it('holds the 31 layers in their order', () => {
    expect(layers.map(({ layerId }) => layerId)).toEqual(IDS)
    expect(layers.map(({ layerNumber }) => layerNumber)).toEqual(IDS.map((_, index) => index + 1))
  })

  it('has the severities that were proposed, and "other" is the worst of the seven', () => {
    const found = layers.map(({ layerId, severities }) => [layerId, INSTALLATION_TYPES.map((type) => severities[type]).join('')])
    expect(Object.fromEntries(found)).toEqual(SEVERITIES)
    for (const { layerId, severities } of layers) {
      const { other, ...named } = severities
      expect([layerId, other]).toEqual([layerId, Math.max(...Object.values(named))])
    }
  })

  it('follows the planner’s order of work from owner to permit', () => {
    const steps = [1, 2, 3, 4, 5, 6].map((step) => idsWhere(({ workOrder }) => workOrder === step))
    expect(steps).toEqual([
      ['ejerskab', 'servitut'],
      ['lokalplan', 'ramme', 'landzone', 'fingerplan'],
      ['par3', 'par15', 'ffm', 'fredning', 'natura2000', 'fredskov', 'bane'],
      ['par16soe', 'par16aa', 'par17', 'par18', 'par19', 'diger', 'arkaeologi', 'fbb'],
      ['vejareal', 'ler', 'jordv', 'jord50', 'drikkevand', 'vandloeb', 'klima', 'stoej'],
      ['byggelov', 'adgang'],
    ])
  })

  it('bites at the distances of the law', () => {
    expect(layers.filter(({ distanceM }) => distanceM > 0).map(({ layerId, distanceM }) => [layerId, distanceM])).toEqual([
      ['ffm', 2],
      ['vejareal', 3],
      ['bane', 10],
      ['vandloeb', 2],
    ])
    expect(byId.get('par3')?.warnM).toBe(25)
    expect(byId.get('diger')?.warnM).toBe(5)
    const bane = byId.get('bane') as CatalogueEntry
    expect(bane.distanceM + bane.warnM).toBe(30)
  })

  it('never reads an empty map as a yes where the duty follows the installation, and knows which ground must be covered', () => {
    expect(idsWhere(({ isMapped }) => !isMapped)).toEqual(['ler', 'jord50', 'byggelov', 'adgang', 'servitut'])
    expect(idsWhere(({ isMapped, services, warnM, distanceM }) => !isMapped && (services.length > 0 || warnM + distanceM > 0))).toEqual([])
    expect(idsWhere(({ needsCoverage }) => needsCoverage)).toEqual(['ejerskab', 'landzone'])
  })
})

describe.each(IDS)('the layer %s', (layerId) => {
  const layer = byId.get(layerId) as CatalogueEntry

  it('speaks whole sentences in both languages', () => {
    for (const [part, { da, en }] of Object.entries(texts(layer))) {
      expect([part, da.trim(), en.trim()]).toEqual([part, da, en])
      expect(da.length, part).toBeGreaterThan(3)
      expect(en.length, part).toBeGreaterThan(3)
      expect(en, part).not.toBe(da)
      // æ, ø and å in English only in names and in the law's own Danish name.
      if (part === 'citizenText') expect(en).not.toMatch(/[æøå]/i)
    }
    for (const { da, en } of [layer.rule, layer.citizenText, layer.plannerText]) {
      expect(da).toMatch(/[.)]$/)
      expect(en).toMatch(/[.)]$/)
    }
  })

  it('fits the limits of what a planner may write', () => {
    for (const language of ['da', 'en'] as const) {
      expect(layer.citizenText[language].length).toBeLessThanOrEqual(400)
      expect(layer.plannerText[language].length).toBeLessThanOrEqual(1000)
    }
  })

  it('keeps the law out of the citizen’s sentence and in the planner’s', () => {
    expect(layer.citizenText.da).not.toMatch(/§|stk\.|loven\b/)
    expect(layer.citizenText.en).not.toMatch(/\bs\. ?\d|\bAct\b/)
  })

  it('links to the law by https, or to nothing', () => {
    if (layer.lawUrl !== null)
      expect(layer.lawUrl).toMatch(/^https:\/\/(danskelove\.dk|elov\.dk|www\.(retsinformation|bygningsreglementet|tinglysning)\.dk)\//)
  })

  it('passes data on only with the name of its publisher', () => {
    expect(layer.isShareable).toBe(layer.attribution !== null)
    if (layerId === 'ejerskab' || !layer.isMapped) expect(layer.isShareable).toBe(false)
  })

  it('says what was verified', () => {
    expect(layer.verification.law).toMatch(/^[VM]\b/)
    expect(layer.verification.layer).toMatch(/^(V |M$|-$)/)
    expect(layer.verification.severities).toBe('J')
  })

  it('asks services by https, for the municipality or its surroundings only', () => {
    for (const { url, cql, useBbox } of layer.services) {
      expect(url).toMatch(/^https:\/\/[^?#]+$/)
      expect(useBbox || cql === 'komnr=151').toBe(true)
    }
  })
})
