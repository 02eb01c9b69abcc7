import type { PbFault, PbWarning } from './rules/pb/faults.ts'

const ofWhat = (of: string) => (of === 'budget' ? 'the budget' : `cost of ${of}`)

/** What is wrong with the parts of a file. */
function formReason(fault: PbFault): string | null {
  switch (fault.kind) {
    case 'quote-left-open':
      return 'a quote is opened and never closed'
    case 'section-missing':
      return `there is no section ${fault.section}, or nothing below its title`
    case 'section-repeated':
      return `the section ${fault.section} appears twice`
    case 'before-sections':
      return `"${fault.text}" stands before the first section; a file begins with META`
    case 'column-missing':
      return `${fault.section} has no column ${fault.column}`
    case 'column-repeated':
      return `${fault.section} has the column ${fault.column} twice`
    case 'meta-repeated':
      return `META has ${fault.key} twice`
    case 'meta-missing':
      return `META has no ${fault.key}`
    case 'vote-type-unknown':
      return `vote_type "${fault.text}" is not known`
    default:
      return null
  }
}

/** What is wrong with the projects. */
function projectReason(fault: PbFault): string | null {
  switch (fault.kind) {
    case 'amount-malformed':
      return `${ofWhat(fault.of)} is "${fault.text}", which is no amount`
    case 'amount-negative':
      return `${ofWhat(fault.of)} is negative`
    case 'amount-too-large':
      return `${ofWhat(fault.of)} is too large to be counted exactly`
    case 'project-unnamed':
      return 'a project has no id'
    case 'project-repeated':
      return `project id ${fault.project} appears twice`
    case 'lot-malformed':
      return 'the column lot does not number the projects from 1 on, each once'
    default:
      return null
  }
}

/** What is wrong with the ballots. */
function ballotReason(fault: PbFault): string | null {
  switch (fault.kind) {
    case 'project-unknown':
      return `a ballot names project ${fault.project}, which is not on the list`
    case 'project-twice-on-ballot':
      return `a ballot names project ${fault.project} twice`
    case 'voter-unnamed':
      return 'a ballot has no voter_id'
    case 'voter-repeated':
      return `voter_id ${fault.voter} appears twice`
    case 'points-missing':
      return 'a ballot has not as many points as projects'
    case 'points-malformed':
      return `points "${fault.text}" are no whole number of zero or more`
    case 'points-over-limit':
      return `a ballot gives ${fault.sum} points, and at most ${fault.limit} may be given`
    case 'several-chosen':
      return 'a ballot names several projects where one may be chosen'
    default:
      return null
  }
}

const reasonOf = (fault: PbFault) => formReason(fault) ?? projectReason(fault) ?? ballotReason(fault) ?? fault.kind

/** Why a file is refused, for the terminal. */
export function faultSentence(fault: PbFault): string {
  return fault.line === null ? reasonOf(fault) : `line ${fault.line}: ${reasonOf(fault)}`
}

/** What is odd about a file, for the terminal. */
export function warningSentence(warning: PbWarning): string {
  const { said, found } = warning
  switch (warning.kind) {
    case 'ballots-differ':
      return `META says ${said} ballots, the file has ${found}`
    case 'projects-differ':
      return `META says ${said} projects, the file has ${found}`
    case 'votes-differ':
      return `project ${warning.project} is said to have ${said} votes, the ballots give it ${found}`
  }
}
