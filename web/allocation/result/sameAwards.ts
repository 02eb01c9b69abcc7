interface AwardedAmount {
  readonly projectId: string
  readonly amountDkk: number
}

/** Whether two results give the same projects the same money. What gets nothing does not count. */
export function haveSameAwards(one: readonly AwardedAmount[], other: readonly AwardedAmount[]): boolean {
  const written = (awards: readonly AwardedAmount[]) =>
    awards
      .filter(({ amountDkk }) => amountDkk > 0)
      .map(({ projectId, amountDkk }) => `${projectId} ${amountDkk}`)
      .sort()
      .join()
  return written(one) === written(other)
}
