import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlaceGeometry } from '../../server/kernel/geometry.ts'
import { StartError } from '../../server/platform/config.ts'

/** What SpatiaLite finds for a place in a layer. */
export interface Measured {
  place: number
  isInside: boolean
  distanceM: number
  overlap: number
}

function runOgr(options: string[]): string {
  try {
    return execFileSync('ogr2ogr', options, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string }
    if (code === 'ENOENT') {
      throw new StartError('The comparison needs GDAL’s program ogr2ogr with SpatiaLite. On Debian: apt-get install gdal-bin')
    }
    throw new StartError(`ogr2ogr ${options.join(' ')} failed:\n${stderr?.slice(0, 2_000)}`)
  }
}

/** A database of SpatiaLite's own: GDAL reads the same files, turns them into EPSG:25832 and measures with another library. */
export class Spatialite {
  readonly #file: string
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    this.#file = join(folder, 'independent.sqlite')
  }

  #add(file: string, table: string): void {
    const isFirst = table === 'place'
    const target = isFirst ? ['-f', 'SQLite', '-dsco', 'SPATIALITE=YES'] : ['-f', 'SQLite', '-update', '-append']
    runOgr([
      ...target,
      this.#file,
      file,
      '-nln',
      table,
      '-t_srs',
      'EPSG:25832',
      '-nlt',
      isFirst ? 'GEOMETRY' : 'PROMOTE_TO_MULTI',
      '-lco',
      'GEOMETRY_NAME=geometry',
    ])
  }

  addPlaces(places: readonly PlaceGeometry[]): void {
    const features = places.map((geometry, number) => ({ type: 'Feature', properties: { number }, geometry }))
    const file = join(this.#folder, 'places.geojson')
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))
    this.#add(file, 'place')
  }

  addLayer(layerId: string, files: readonly string[]): void {
    for (const file of files) this.#add(file, layerId)
  }

  #rows(question: string): string[][] {
    const text = runOgr(['-f', 'CSV', '/vsistdout/', this.#file, '-sql', question, '-lco', 'STRING_QUOTING=IF_NEEDED'])
    return text
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',').map((cell) => cell.replaceAll('"', '')))
  }

  countValid(layerId: string): { valid: number; all: number } {
    const [[valid, all] = []] = this.#rows(`select sum(ST_IsValid(geometry)) as valid, count(*) as total from ${layerId}`)
    return { valid: Number(valid), all: Number(all) }
  }

  /** What each place meets in a layer within `reachM`; places that meet nothing are missing. @unit metres */
  measure(layerId: string, reachM: number): Measured[] {
    const rows = this.#rows(`
      select place, max(is_inside) as is_inside, min(distance) as distance,
        case kind when 1 then coalesce(ST_Length(ST_Intersection(geometry, ST_Union(met))), 0.0)
          when 2 then coalesce(ST_Area(ST_Intersection(geometry, ST_Union(met))), 0.0) else 0.0 end as overlap
      from (
        select p.number as place, ST_Dimension(p.geometry) as kind, ST_Distance(p.geometry, f.geometry) as distance,
          ST_Intersects(p.geometry, f.geometry) and not ST_Touches(p.geometry, f.geometry) as is_inside,
          p.geometry as geometry, case when ST_Intersects(p.geometry, f.geometry) then f.geometry end as met
        from place p join ${layerId} f on MbrMinX(f.geometry) <= MbrMaxX(p.geometry) + ${reachM}
          and MbrMaxX(f.geometry) >= MbrMinX(p.geometry) - ${reachM} and MbrMinY(f.geometry) <= MbrMaxY(p.geometry) + ${reachM}
          and MbrMaxY(f.geometry) >= MbrMinY(p.geometry) - ${reachM}
        where ST_IsValid(f.geometry) = 1
      ) near where distance <= ${reachM} group by place, kind`)
    return rows.map(([place, isInside, distanceM, overlap]) => ({
      place: Number(place),
      isInside: isInside === '1',
      distanceM: Number(distanceM),
      overlap: Number(overlap),
    }))
  }
}
