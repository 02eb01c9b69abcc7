import { Skeleton } from '../ui/Skeleton.tsx'

/** A page on its way. */
export function PageSkeleton() {
  return (
    <div className="bm-page bm-page-skeleton" aria-busy="true">
      <Skeleton width="70%" height={30} />
      <Skeleton width="95%" />
      <Skeleton width="80%" />
      <Skeleton height={120} />
      <Skeleton width="60%" />
    </div>
  )
}
