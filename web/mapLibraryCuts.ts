/** What stands in the place of a module of maplibre-gl, by its path in the package. */
export type Cuts = Readonly<Record<string, string>>

// Every tile here is a Mapbox Vector Tile; the library's own format would be 18 kB of the build.
const ownTileFormat: Cuts = {
  'src/source/vector_tile_mlt.ts': `export class MLTVectorTile { constructor() { throw new Error('Only Mapbox Vector Tiles can be read.') } }`,
}

// The map is seen straight from above: `mapStyle.ts` takes globe, terrain and sky out of a street map's style before the library sees them.
const flat = (name: string) => `export class ${name} { constructor() { throw new Error('The map is flat.') } }`
const globeAndHeights: Cuts = {
  'src/geo/projection/projection_factory.ts': `
    import { MercatorProjection } from './mercator_projection.ts'
    import { createMercatorTransform } from './mercator_transform.ts'
    import { MercatorCameraHelper } from './mercator_camera_helper.ts'
    export const createProjectionFromName = (_name, constrainOverride) => ({
      projection: new MercatorProjection(),
      transform: createMercatorTransform({ constrainOverride }),
      cameraHelper: new MercatorCameraHelper(),
    })`,
  'src/render/terrain.ts': flat('Terrain'),
  'src/webgl/render_to_texture.ts': flat('RenderToTexture'),
  'src/webgl/draw/draw_terrain.ts': 'export function drawDepth() {}',
  // Layers in a programmer's own WebGL; a style cannot name one.
  'src/webgl/draw/draw_custom.ts': 'export function drawCustom() {}',
  'src/webgl/draw/draw_sky.ts': 'export function drawSky() {}\nexport function drawAtmosphere() {}',
}

// Shaders of the same, and of the frames that show the library's authors where labels collide.
const shaders: Cuts = Object.fromEntries(
  ['atmosphere', 'collision_box', 'collision_circle', 'debug', 'sky', 'terrain', 'terrain_depth', 'terrain_height', '_projection_globe']
    .flatMap((name) => [`${name}.fragment`, `${name}.vertex`])
    .map((name) => [`src/shaders/glsl/${name}.glsl.g.ts`, `export default ''`]),
)
const debugging: Cuts = {
  'src/webgl/draw/draw_debug.ts': `
    export function drawDebug() {}
    export function drawDebugPadding() {}
    export function selectDebugSource() { return null }`,
  'src/webgl/draw/draw_collision_debug.ts': 'export function drawCollisionDebug() {}',
}

// Names on a Danish map are Latin: tables of scripts that run to the left, downwards or together are a tenth of the library.
const no = (...names: string[]) => names.map((name) => `export const ${name} = () => false`).join('\n')
const otherScripts: Cuts = {
  'src/symbol/bidi.ts': `
    const asItIs = () => { throw new Error('Only text from left to right can be drawn.') }
    export { asItIs as processBidirectionalText, asItIs as processStyledBidirectionalText }`,
  'src/symbol/arabic_shaping.ts': 'export const applyArabicShaping = (text) => text',
  'src/util/unicode_properties.g.ts': `
    ${no('codePointIsInCursiveScript', 'codePointIsInRTLScript', 'codePointIsInComplexShapingScript')}
    ${no('codePointUsesLocalIdeographFontFamily', 'codePointAllowsIdeographicBreaking', 'codePointIsWrittenWithoutSpaces')}
    ${no('codePointHasUprightVerticalOrientation', 'codePointHasNeutralVerticalOrientation', 'canCombineGraphemes')}
    export const textCanContainGraphemeClusters = (text) => /[\\r\\u0300-\\u036F\\u200D\\uFE0F]/.test(text)`,
}

/** Modules of the map library that this page has no use for, and what stands in their place. */
export const CUTS: Cuts = { ...ownTileFormat, ...globeAndHeights, ...shaders, ...debugging, ...otherScripts }
