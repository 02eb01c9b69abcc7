/** Every colour of the map, its legend and the chips that speak of it. `palette.css` is written from this file; a test holds them equal. */

import type { Severity } from '../../server/kernel/severity.ts'

export type DistrictColours = {
  /** Outline, pin, bar. At least 3:1 against white signs. */
  base: string
  /** Letters on paper, on `tint` and on `ground`. At least 4.5:1. */
  text: string
  /** Background of a chip or a tile, on paper. */
  tint: string
  /** Fill of the district on the map, over land. */
  ground: string
  groundHovered: string
  groundSelected: string
}

export const DISTRICT_COLOURS = {
  skovlunde: { base: '#c4691d', text: '#8b4b15', tint: '#f7e9dc', ground: '#f0e2d3', groundHovered: '#eddac6', groundSelected: '#ead2bb' },
  maaloev: { base: '#2a8a6e', text: '#1f6651', tint: '#e1eee7', ground: '#dbe6dd', groundHovered: '#cfe0d5', groundSelected: '#c4dacf' },
  'ballerup-nord': {
    base: '#3a76c6',
    text: '#2d5b98',
    tint: '#e3ebf4',
    ground: '#dee4e9',
    groundHovered: '#d3dce7',
    groundSelected: '#c9d6e4',
  },
  'ballerup-syd': {
    base: '#9f4b84',
    text: '#863f6f',
    tint: '#f2e5ea',
    ground: '#ebdee0',
    groundHovered: '#e6d4da',
    groundSelected: '#e1cbd4',
  },
} as const satisfies Record<string, DistrictColours>

/** A district the palette does not know, and everything that lies in none. */
export const OTHER_DISTRICT_COLOURS: DistrictColours = {
  base: '#5c6b73',
  text: '#4a575e',
  tint: '#e8ebec',
  ground: '#e6e7e6',
  groundHovered: '#dcdede',
  groundSelected: '#d4d7d7',
}

export const SURFACE = {
  paper: '#fffefb',
  ink: '#1d2a2a',
  soft: '#5a6767',
  land: '#f6f4ee',
  veil: '#e9e7e0',
  accent: '#0f5c4f',
  accentTint: '#e3efec',
  line: '#d9d6cc',
  road: '#ffffff',
  roadCasing: '#d8d4c8',
  rail: '#8b8f8e',
  railGap: '#f1efe9',
  station: '#b3261e',
  placeName: '#545d5c',
  neighbourName: '#75726a',
  neighbourLine: '#cfccc2',
  halo: '#fffefb',
  drawing: '#0f5c4f',
  shadow: '#1d2a2a',
} as const

/** What a rule means for a place, from nothing to no. Told by shape as well, so the hues may be close for some eyes. */
export const VERDICT_COLOURS = {
  /** Sign and outline on the map (`base`, at least 3:1), letters (`text`, 4.5:1) on paper and on `tint`. */
  clear: { base: '#2b7a4b', text: '#1e5c38', tint: '#e4f1e8' },
  ask: { base: '#947000', text: '#6b5100', tint: '#faf1d3' },
  permit: { base: '#b4501a', text: '#8a3b10', tint: '#fae8dc' },
  stop: { base: '#a3202a', text: '#8c1a23', tint: '#f9e3e3' },
  /** Nothing found, but not everything was checked: never green. */
  unsure: { base: '#5c6b73', text: '#45525a', tint: '#e9edef' },
} as const

/** Colour of a rule by what it means. */
export const SEVERITY_COLOURS: Readonly<Record<Severity, { base: string; text: string; tint: string }>> = {
  0: VERDICT_COLOURS.unsure,
  1: VERDICT_COLOURS.ask,
  2: VERDICT_COLOURS.permit,
  3: VERDICT_COLOURS.stop,
}

/** Colours of a district by its id; unknown ids get a quiet grey. */
export function districtColours(districtId: string | null | undefined): DistrictColours {
  const known: Record<string, DistrictColours> = DISTRICT_COLOURS
  return (districtId && known[districtId]) || OTHER_DISTRICT_COLOURS
}

/** CSS variables: `--bm-<district>-<shade>` and `--bm-<surface>`. */
export function paletteCss(): string {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const districts = Object.entries({ ...DISTRICT_COLOURS, 'other-district': OTHER_DISTRICT_COLOURS })
  const lines = [
    ...districts.flatMap(([id, colours]) => Object.entries(colours).map(([shade, value]) => `  --bm-${id}-${shade}: ${value};`)),
    ...Object.entries(VERDICT_COLOURS).flatMap(([verdict, colours]) =>
      Object.entries(colours).map(([shade, value]) => `  --bm-verdict-${verdict}-${shade}: ${value};`),
    ),
    ...Object.entries(SURFACE).map(([name, value]) => `  --bm-${kebab(name)}: ${value};`),
  ]
  const scopes = districts.map(([id]) => {
    const own = Object.keys(DISTRICT_COLOURS.skovlunde).map((shade) => `  --bm-district-${shade}: var(--bm-${id}-${shade});`)
    return `[data-bm-district="${id}"] {\n${own.join('\n')}\n}`
  })
  const verdicts = Object.entries(VERDICT_COLOURS).map(([verdict, colours]) => {
    const own = Object.keys(colours).map((shade) => `  --bm-verdict-${shade}: var(--bm-verdict-${verdict}-${shade});`)
    return `[data-bm-verdict="${verdict}"] {\n${own.join('\n')}\n}`
  })
  return `/* Written from palette.ts: change the colours there. */\n:root {\n${lines.join('\n')}\n}\n\n${[...scopes, ...verdicts].join('\n\n')}\n`
}
