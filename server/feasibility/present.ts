import type { CheckResult, Finding } from './contract.ts'
import type { Judgement, LayerFacts } from './rules.ts'

export type Language = 'da' | 'en'

/** What a layer is called and says, as the catalogue had it when the check was made. */
export type LayerTexts = Pick<LayerFacts, 'layerId' | 'name' | 'law' | 'lawUrl' | 'authority' | 'citizenText' | 'plannerText'>

interface Circumstances {
  texts: readonly LayerTexts[]
  district: CheckResult['district']
  catalogueVersion: number
  checkedAt: Date
}

function wordsOf({ name, law, lawUrl, authority, citizenText, plannerText }: LayerTexts, language: Language) {
  return {
    name: name[language],
    law: law[language],
    lawUrl,
    authority: authority[language],
    citizenText: citizenText[language],
    plannerText: plannerText[language],
  } satisfies Partial<Finding>
}

/** A judgement in the words of a language. */
export function present(judgement: Judgement, { texts, ...circumstances }: Circumstances, language: Language): CheckResult {
  const textsOf = new Map(texts.map((layer) => [layer.layerId, layer]))
  const inWords = <Item extends { layerId: string }>(items: readonly Item[]) =>
    items.flatMap((item) => {
      const layer = textsOf.get(item.layerId)
      return layer === undefined ? [] : [{ ...item, ...wordsOf(layer, language) }]
    })
  return {
    ...judgement,
    ...circumstances,
    checkedAt: circumstances.checkedAt.toISOString(),
    findings: inWords(judgement.findings),
    duties: inWords(judgement.duties),
    datasets: judgement.datasets.map((dataset) => ({ ...dataset, name: textsOf.get(dataset.layerId)?.name[language] ?? dataset.layerId })),
  }
}
