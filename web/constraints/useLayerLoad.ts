import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { announce } from '../lib/announce.ts'
import { useTranslation } from '../lib/i18n.ts'
import { useSession } from '../lib/session.ts'
import { useMayPlan } from '../plan/useMayPlan.ts'
import { catalogueQuery, layerProgressQuery, sendReload } from './constraints.api.ts'

/** Follows the load of a layer until it is over, and asks for one. */
export function useLayerLoad(layerId: string) {
  const { t } = useTranslation('constraints')
  const client = useQueryClient()
  const { mayPlan } = useMayPlan()
  const { person, csrfToken } = useSession()
  const progressQuery = layerProgressQuery(layerId, mayPlan)
  const { data: progress } = useQuery(progressQuery)
  const [isOver, setIsOver] = useState(false)
  const wasLoading = useRef(false)
  const isLoading = progress ? progress.load !== null : null
  useEffect(() => {
    if (isLoading === null) return
    if (wasLoading.current && !isLoading) {
      // What the layer says now first, then that it is over.
      client.refetchQueries({ queryKey: catalogueQuery.queryKey, exact: true }).then(() => {
        setIsOver(true)
        announce(t('load.over'))
      })
    }
    if (isLoading) setIsOver(false)
    wasLoading.current = isLoading
  }, [isLoading, client, t])
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => sendReload(layerId, csrfToken),
    onSuccess: (load) => {
      client.setQueryData(progressQuery.queryKey, (before) => before && { ...before, load })
      announce(t('load.asked'))
    },
    // Somebody else may have asked for it already: then there is something to follow.
    onError: () => client.invalidateQueries({ queryKey: progressQuery.queryKey }),
  })
  return {
    progress: mayPlan ? (progress ?? null) : null,
    isOver,
    error,
    mayReload: (person?.role === 'planner' || person?.role === 'admin') && !isPending,
    reload: () => mutate(),
  }
}
