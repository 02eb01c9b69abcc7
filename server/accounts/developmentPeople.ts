import type { Role } from '../kernel/roles.ts'
import type { AddressClaim } from './rules.ts'

export const DEVELOPMENT_PATH = '/test-login'
export const DEVELOPMENT_CLIENT_ID = 'borgermillionen'

/** The development issuer's name for an origin. */
export function developmentIssuerUrl(baseUrl: string): string {
  return `${baseUrl}${DEVELOPMENT_PATH}`
}

/** Somebody who does not exist. Like a real provider's person they have more claims than may be kept. */
export interface TestPerson {
  readonly key: string
  readonly name: string
  readonly group: 'citizens' | 'staff'
  readonly about: { da: string; en: string }
  readonly role: Role
  readonly birthdate: string
  /** Names the person on a roll. */
  readonly rollNumber: string
  readonly address: AddressClaim | null
}

function livingAt(street: string, postalCode: string, locality: string): AddressClaim {
  return {
    street_address: street,
    postal_code: postalCode,
    locality,
    formatted: `${street}\n${postalCode} ${locality}`,
  }
}

function citizen(key: string, name: string, district: string, address: AddressClaim): TestPerson {
  return {
    key,
    name,
    group: 'citizens',
    about: { da: `Borger, bor i ${district}`, en: `Citizen, lives in ${district}` },
    role: 'citizen',
    birthdate: '1980-01-01',
    rollNumber: `test-${key}`,
    address,
  }
}

function staff(key: string, name: string, role: Role, da: string, en: string): TestPerson {
  return { key, name, group: 'staff', about: { da, en }, role, birthdate: '1975-01-01', rollNumber: `test-${key}`, address: null }
}

/** The people the test sign-in offers: one in each district, a child, and everybody who has a task. */
export const testPeople: readonly TestPerson[] = [
  citizen('skovlunde', 'Testborger Skovlunde', 'Skovlunde', livingAt('Lundebjerg 12', '2740', 'Skovlunde')),
  citizen('maaloev', 'Testborger Måløv', 'Måløv', livingAt('Knastebakken 7, 1. tv.', '2760', 'Måløv')),
  citizen('ballerup-nord', 'Testborger Ballerup Nord', 'Ballerup Nord', livingAt('Egebjerg Bygade 21', '2750', 'Ballerup')),
  citizen('ballerup-syd', 'Testborger Ballerup Syd', 'Ballerup Syd', livingAt('Magleparken 4B', '2750', 'Ballerup')),
  {
    ...citizen('child', 'Testbarn 8 år', 'Måløv', livingAt('Knastebakken 9', '2760', 'Måløv')),
    about: { da: 'Barn på 8 år, bor i Måløv', en: 'Child of 8, lives in Måløv' },
    birthdate: '2018-06-15',
  },
  staff('planner', 'Testplanlægger', 'planner', 'Vurderer idéer og tegner skitser', 'Assesses ideas and draws sketches'),
  // A second one, because an appeal is decided by another assessor.
  staff('planner-nature', 'Testplanlægger Natur', 'planner', 'Vurderer idéer i naturen', 'Assesses ideas in nature'),
  staff('organiser', 'Testprojektleder', 'organiser', 'Leder runden', 'Runs the round'),
  staff('moderator', 'Testmoderator', 'moderator', 'Ser efter, at tonen er god', 'Looks after the tone'),
  staff('decision-maker', 'Testpolitiker', 'decision-maker', 'Træffer de formelle beslutninger', 'Takes the formal decisions'),
  staff('admin', 'Testadministrator', 'admin', 'Må alt', 'May do everything'),
]
