/** Limits of what an organiser writes; the form shows them before the server has to. Free of zod, so that the page may import them. */
export const PROJECT_LIMITS = {
  titleMin: 3,
  title: 100,
  descriptionMin: 10,
  description: 3000,
  reasonMin: 5,
  reason: 1000,
  ideas: 50,
  /** A round whose rules say nothing of it. */
  maxProjectsPerDistrict: 3,
} as const
