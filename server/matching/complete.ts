/** What a profile is made of, and how much each part counts of 100. */
interface Part {
  readonly part: string;
  readonly percent: number;
  readonly there: boolean;
}

/** From how much on a profile is proposed to others (PR-02; domain/matching.md, criterion 46). */
export const proposedFrom = 80;

/** How complete a profile is, 0 to 100, and what it lacks, the weightiest first. */
export function completeness(parts: readonly Part[]): { readonly percent: number; readonly missing: readonly string[] } {
  return {
    percent: parts.reduce((sum, { percent, there }) => sum + (there ? percent : 0), 0),
    missing: parts.filter(({ there }) => !there).sort((a, b) => b.percent - a.percent).map(({ part }) => part),
  };
}

/** The parts of an artist: what a press kit has makes it fit to be proposed, what its sheet adds makes it whole. */
export const partsOfArtist = (has: { readonly [part in 'name' | 'genres' | 'fee' | 'home' | 'words' | 'photo' | 'audience' | 'technical' | 'level' | 'settings' | 'audiences' | 'mobility']: boolean }): Part[] => [
  { part: 'name', percent: 10, there: has.name }, { part: 'genres', percent: 15, there: has.genres }, { part: 'fee', percent: 15, there: has.fee }, { part: 'home', percent: 10, there: has.home },
  { part: 'words', percent: 10, there: has.words }, { part: 'photo', percent: 10, there: has.photo }, { part: 'audience', percent: 5, there: has.audience }, { part: 'technical', percent: 5, there: has.technical },
  { part: 'level', percent: 5, there: has.level }, { part: 'settings', percent: 5, there: has.settings }, { part: 'audiences', percent: 5, there: has.audiences }, { part: 'mobility', percent: 5, there: has.mobility },
];

/** The parts of a place. */
export const partsOfPlace = (has: { readonly [part in 'name' | 'genres' | 'capacity' | 'home' | 'words' | 'budget' | 'kind' | 'level' | 'stage' | 'audiences']: boolean }): Part[] => [
  { part: 'name', percent: 15, there: has.name }, { part: 'capacity', percent: 20, there: has.capacity }, { part: 'genres', percent: 15, there: has.genres }, { part: 'home', percent: 20, there: has.home },
  { part: 'words', percent: 10, there: has.words }, { part: 'budget', percent: 8, there: has.budget }, { part: 'kind', percent: 3, there: has.kind }, { part: 'level', percent: 3, there: has.level },
  { part: 'stage', percent: 3, there: has.stage }, { part: 'audiences', percent: 3, there: has.audiences },
];
