import { z } from 'zod'

/** What may be built with the million: the kinds that law and experience tell apart. One list everywhere. */
export const INSTALLATION_TYPES = ['bench', 'planting', 'sculpture', 'playground', 'shelter', 'multi-court', 'lighting', 'other'] as const
export type InstallationType = (typeof INSTALLATION_TYPES)[number]
export const installationTypeSchema = z.enum(INSTALLATION_TYPES)
