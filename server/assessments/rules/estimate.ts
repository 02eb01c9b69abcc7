import type { CoFunding, Estimate, EstimateLine, Payer, Totals } from '../contract.ts'

/** A hundredth of a product to the nearest whole krone, halves up; exact below 2^53, which the limits keep far from. */
const hundredth = (product: number) => Math.floor((product + 50) / 100)

/** What a number of units costs. Quantities have two decimals, so that they are counted in hundredths. @unit whole kroner */
function timesQuantity({ quantity }: Pick<EstimateLine, 'quantity'>, priceDkk: number): number {
  return hundredth(Math.round(quantity * 100) * priceDkk)
}

/** What a line costs to build. @unit whole kroner */
export function lineDkk(line: Pick<EstimateLine, 'quantity' | 'unitPriceDkk'>): number {
  return timesQuantity(line, line.unitPriceDkk)
}

/** How often a thing must be bought anew within some years because its life is over; the last day needs no new one. */
function renewals(lifeYears: number | null, years: number): number {
  return lifeYears === null ? 0 : Math.floor((years - 1) / lifeYears)
}

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
const fundingOf = (funding: readonly CoFunding[]) => sum(funding.map(({ amountDkk }) => amountDkk))

/**
 * The sums of an estimate: lines to whole kroner first, then contingency per payer, so that every sum is the sum of what
 * is shown. Co-funding lowers what the round pays and nothing else; only confirmed co-funding counts for `roundDkk`.
 * @unit whole kroner
 */
export function totalsOf({ lines, coFunding, contingencyPercent, runningYears }: Estimate): Totals {
  const worksOf = (payer: Payer) => sum(lines.filter(({ paidBy }) => paidBy === payer).map(lineDkk))
  const withContingency = (amountDkk: number) => amountDkk + hundredth(amountDkk * contingencyPercent)
  const works = { round: worksOf('round'), municipality: worksOf('municipality'), others: worksOf('others') }
  const paidByDkk = {
    round: withContingency(works.round),
    municipality: withContingency(works.municipality),
    others: withContingency(works.others),
  }
  const worksDkk = works.round + works.municipality + works.others
  const totalDkk = paidByDkk.round + paidByDkk.municipality + paidByDkk.others
  const confirmedCoFundingDkk = fundingOf(coFunding.filter(({ isConfirmed }) => isConfirmed))
  const coFundingDkk = fundingOf(coFunding)
  const runningOf = (line: EstimateLine) => timesQuantity(line, line.runningCostDkkPerYear)
  const runningCostDkkPerYear = sum(lines.map(runningOf))
  return {
    worksDkk,
    contingencyDkk: totalDkk - worksDkk,
    totalDkk,
    paidByDkk,
    coFundingDkk,
    confirmedCoFundingDkk,
    roundDkk: Math.max(0, paidByDkk.round - confirmedCoFundingDkk),
    roundWithAllCoFundingDkk: Math.max(0, paidByDkk.round - coFundingDkk),
    runningCostDkkPerYear,
    municipalRunningCostDkkPerYear: sum(lines.filter(({ keptBy }) => keptBy === 'municipality').map(runningOf)),
    runningCostDkk: runningCostDkkPerYear * runningYears,
    renewalDkk: sum(lines.map((line) => lineDkk(line) * renewals(line.lifeYears, runningYears))),
  }
}
