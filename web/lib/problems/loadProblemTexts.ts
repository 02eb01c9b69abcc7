import { textUsable } from '../firstList.ts'
import { prepareTexts } from '../i18n.ts'

/** Fetches the words for failures while the net is there: when it is gone it is too late. */
export async function loadProblemTexts(): Promise<void> {
  await textUsable()
  await prepareTexts('problems').catch(() => {})
}
