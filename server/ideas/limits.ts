/** Limits of what a person writes; the form shows them before the server has to. Free of zod, so that the page may import them. */
export const IDEA_LIMITS = {
  titleMin: 3,
  title: 100,
  descriptionMin: 10,
  description: 3000,
  note: 1000,
  pictures: 6,
  wishedAmountDkk: 1_000_000,
} as const
