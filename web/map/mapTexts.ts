import { useMemo } from 'react'
import { translateFrom } from '../lib/i18n.ts'
import type { Translate } from '../lib/translate.ts'
import danish from './map.da.json'
import english from './map.en.json'

/**
 * The map's texts in the language of the page. They travel in the map's own chunk, so that changing the language
 * never takes the map off the screen while a file is fetched.
 */
export function useMapTexts(language: 'da' | 'en'): Translate {
  return useMemo(() => translateFrom(language === 'da' ? danish : english, language), [language])
}
