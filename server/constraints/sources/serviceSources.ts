import type { LayerService } from '../catalogueFile.ts'
import type { FeatureSource } from './featureSource.ts'
import { ogcApiSource } from './ogcApiSource.ts'
import { SERVICE_LIMITS, type ServiceLimits } from './serviceRequest.ts'
import { wfsSource } from './wfsSource.ts'

/** The sources behind the services of a layer; `limits` are changed in tests only. */
export function serviceSources(
  services: readonly LayerService[],
  allowPrivate: boolean,
  limits: Omit<ServiceLimits, 'allowPrivate'> = SERVICE_LIMITS,
): FeatureSource[] {
  return services.map((service) =>
    service.kind === 'wfs' ? wfsSource(service, { ...limits, allowPrivate }) : ogcApiSource(service, { ...limits, allowPrivate }),
  )
}
