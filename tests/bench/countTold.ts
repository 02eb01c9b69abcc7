/** Seconds that others took for Add1 on the same files on another machine of two cores, for comparison only. */
export interface ToldSeconds {
  /** pabutools 1.2.3, CPython 3.11 with gmpy2. */
  readonly pabutools: string
  /** An exact reference in Python that gathers ballots by content. */
  readonly reference: string
  /** The public compute tool with floats, Node 20. */
  readonly tool: string
}

export const TOLD: Readonly<Record<string, ToldSeconds>> = {
  'US_Stanford_Dataset_Your_Voice_Your_Choice_Parks_and_Streets-_Seattle_2019_District_1_vote_approvals': {
    pabutools: '0.1',
    reference: '0.0',
    tool: '0.09',
  },
  Poland_Swiecie_2023: { pabutools: '2.6', reference: '0.4', tool: '0.30' },
  Poland_Wieliczka_2023_Green_Budget: { pabutools: '4.2', reference: '1.2', tool: '0.56' },
  Poland_Warszawa_2022_Rembertow: { pabutools: '24.8', reference: '8.6', tool: '2.0' },
  Poland_Warszawa_2023_Bemowo: { pabutools: '261 (5.4 GiB)', reference: '62', tool: '14.0' },
  Poland_Lodz_2022: { pabutools: 'not run', reference: '12.7', tool: '–' },
}
