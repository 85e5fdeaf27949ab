/** Characters of a password: NIST SP 800-63B asks for length before complexity. */
const shortest = 10;
const longest = 128;

/**
 * The words that people's passwords are made of, from the public lists of the commonest ones in French and English (SplashData, NordPass,
 * RockYou as ranked there, read 2026-11-21), without their digits and signs.
 */
const common = new Set((
  'password passwort passw pass motdepasse mdp azerty azertyuiop azertyui qwerty qwertyuiop qwertz qwertzuiop qsdfghjklm asdfghjkl asdfgh zxcvbnm wxcvbn qazwsx qazwsxedc zaqwsx ' +
  'admin administrator administrateur root user utilisateur guest invite test testtest temp temporary demo default changeme change secret letmein welcome bienvenue login connexion ' +
  'bonjour salut coucou hello soleil doudou chouchou loulou marseille paris lyon nantes bordeaux france psg olympique jetaime jetaimeamour monamour amour amourtoujours bisous ' +
  'camille nicolas julien thomas marine pauline chocolat vanille princesse princess licorne unicorn dragon monkey football baseball basketball superman batman pokemon naruto starwars ' +
  'iloveyou ilove iloveu lovely love sunshine shadow master michael jordan ashley jessica michelle charlie daniel computer internet ordinateur whatever trustno freedom liberte ' +
  'abcdef abcdefg abcdefgh abcdefghij abc abcd qwe asd musique music guitare guitar piano concert festival spectacle theatre artiste artist musicien musician flowstage flow stage'
).split(/\s+/));

const leet: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' };

/** A password as a guesser sees it: lower case, no accents. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Only the letters, once as they stand and once with the usual figures read as letters. */
const words = (text: string) => [text.replace(/[^a-z]/g, ''), text.replace(/^[^a-z]+|[\d\W]+$/g, '').replace(/./g, (sign) => leet[sign] ?? sign).replace(/[^a-z]/g, '')];

/** Why a password would be guessed; `null` when it would not, by these rules. */
export function weaknessOf(password: string, person: { email: string; name?: string | undefined }): 'short' | 'long' | 'common' | 'personal' | null {
  const { length } = Array.from(password);
  if (length < shortest) return 'short';
  if (length > longest) return 'long';
  const text = plain(password);
  // A few characters over and over, or a walk along the keyboard or the alphabet.
  if (new Set(text).size < 5 || isWalk(text)) return 'common';
  if (words(text).some((word) => common.has(word) || common.has(halfOf(word)))) return 'common';
  const own = [person.email.split('@')[0] ?? '', person.name ?? '', person.email.split('@')[1]?.split('.')[0] ?? ''].map((part) => plain(part).replace(/[^a-z0-9]/g, ''));
  const bare = text.replace(/[^a-z0-9]/g, '');
  return own.some((part) => part.length >= 4 && bare.includes(part) && bare.length - part.length < 6) ? 'personal' : null;
}

/** `chatchat` -> `chat`: a common word twice is no better than once. */
const halfOf = (word: string) => (word.length % 2 === 0 && word.slice(0, word.length / 2) === word.slice(word.length / 2) ? word.slice(0, word.length / 2) : word);

const rows = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'azertyuiopqsdfghjklmwxcvbn', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'].flatMap((row) => [row, Array.from(row).reverse().join('')]);

/** Whether nearly all of it runs along a row: `1234567890`, `abcdefghij12`. */
function isWalk(text: string): boolean {
  let steps = 0;
  for (let i = 1; i < text.length; i += 1) if (rows.some((row) => row.includes(text.slice(i - 1, i + 1)))) steps += 1;
  return steps >= text.length - 3;
}
