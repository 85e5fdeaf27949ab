/** A genre, the one above it, and how else people write it. */
type Row = readonly [name: string, parent: string | null, variants?: string];

/**
 * The genres of the live trade in France, Belgium, Switzerland and Luxembourg, as posters name them: a family first, then what belongs to it.
 * Variants are other spellings, short forms and English names.
 */
const rows: readonly Row[] = [
  ['rock', null, 'musique rock'], ['indie rock', 'rock', 'rock indépendant,indé,rock alternatif indé'], ['rock alternatif', 'rock', 'alternative rock,alt rock'],
  ['rock français', 'rock', 'french rock'], ['rock progressif', 'rock', 'prog rock,progressive rock,prog'],
  ['rock psychédélique', 'rock', 'psychedelic rock,psyché,psych rock'], ['garage rock', 'rock', 'garage'], ['blues rock', 'rock', 'rock blues'],
  ['folk rock', 'rock', 'rock folk'], ['hard rock', 'rock'], ['punk rock', 'punk'], ['post-rock', 'rock', 'post rock'], ['math rock', 'rock'],
  ['stoner', 'rock', 'stoner rock,desert rock'], ['shoegaze', 'rock', 'shoegazing'], ['noise rock', 'rock', 'rock bruitiste'], ['surf rock', 'rock', 'surf,surf music'],
  ['rockabilly', 'rock', 'rock’n’roll des années 50,psychobilly'], ['rock and roll', 'rock', 'rock’n’roll,rock n roll'], ['grunge', 'rock'], ['glam rock', 'rock', 'glam'],
  ['krautrock', 'rock', 'kraut'], ['new wave', 'rock'], ['post-punk', 'rock', 'post punk'], ['cold wave', 'rock', 'coldwave'], ['rock gothique', 'rock', 'gothic rock,goth'],
  ['art rock', 'rock'], ['soft rock', 'rock'], ['southern rock', 'rock'], ['rock celtique', 'rock', 'celtic rock'], ['britpop', 'rock', 'brit pop'], ['pub rock', 'rock'],
  ['punk', null], ['hardcore', 'punk', 'punk hardcore,hxc'], ['pop punk', 'punk', 'punk pop'], ['ska punk', 'punk', 'punk ska'], ['oi!', 'punk', 'oi'],
  ['folk punk', 'punk', 'punk folk'], ['emo', 'punk', 'emocore'], ['screamo', 'punk'],
  ['metal', null, 'heavy,musique metal'], ['heavy metal', 'metal'], ['thrash metal', 'metal', 'thrash'], ['death metal', 'metal', 'death'], ['black metal', 'metal', 'black'],
  ['doom metal', 'metal', 'doom'], ['sludge', 'metal'], ['power metal', 'metal'], ['metal progressif', 'metal', 'progressive metal,prog metal'],
  ['metal symphonique', 'metal', 'symphonic metal'], ['folk metal', 'metal', 'metal folk'], ['metalcore', 'metal'], ['deathcore', 'metal'],
  ['nu metal', 'metal', 'néo metal,nü metal'], ['metal industriel', 'metal', 'industrial metal'], ['grindcore', 'metal', 'grind'], ['post-metal', 'metal', 'post metal'],
  ['pop', null, 'musique pop'], ['indie pop', 'pop', 'pop indé,pop indépendante'], ['electropop', 'pop', 'électro-pop,electro pop'],
  ['synthpop', 'pop', 'synth pop,synth-pop'], ['dream pop', 'pop'], ['pop rock', 'pop', 'pop-rock'], ['pop française', 'pop', 'french pop'], ['pop folk', 'pop', 'folk pop'],
  ['hyperpop', 'pop'], ['bedroom pop', 'pop'], ['power pop', 'pop'], ['europop', 'pop'], ['city pop', 'pop'], ['k-pop', 'pop', 'kpop'],
  ['variété', 'pop', 'variétés,variété française,variété internationale'], ['disco pop', 'pop'], ['teen pop', 'pop'], ['bubblegum pop', 'pop'],
  ['chanson', null, 'chanson française,chanson à texte'], ['chanson réaliste', 'chanson'], ['chanson poétique', 'chanson'], ['chanson festive', 'chanson', 'festif'],
  ['chanson rock', 'chanson'], ['chanson pour enfants', 'jeune public', 'comptines'], ['cabaret', 'chanson'], ['slam chanson', 'chanson', 'chanson slam'],
  ['music-hall', 'chanson', 'music hall'], ['yéyé', 'chanson', 'yé-yé'],
  ['hip-hop', null, 'hip hop,rap,rap et hip-hop'], ['rap français', 'hip-hop', 'rap fr,french rap'], ['boom bap', 'hip-hop', 'boom-bap'], ['trap', 'hip-hop'],
  ['drill', 'hip-hop'], ['rap conscient', 'hip-hop', 'conscious rap'], ['cloud rap', 'hip-hop'], ['jazz rap', 'hip-hop'],
  ['rap alternatif', 'hip-hop', 'alternative hip-hop'], ['abstract hip-hop', 'hip-hop'], ['slam', 'hip-hop', 'spoken word,slam poésie'],
  ['beatbox', 'hip-hop', 'human beatbox'], ['grime', 'hip-hop'], ['turntablism', 'hip-hop', 'scratch,dj scratch'], ['g-funk', 'hip-hop'], ['phonk', 'hip-hop'],
  ['électro', null, 'electro,musique électronique,electronic,electronica,edm'], ['house', 'électro'], ['deep house', 'house'],
  ['french touch', 'house', 'french house,filtered house'], ['tech house', 'house'], ['afro house', 'house'], ['acid house', 'house', 'acid'], ['electro house', 'house'],
  ['progressive house', 'house'], ['techno', 'électro'], ['minimale', 'techno', 'minimal techno,minimal'], ['techno industrielle', 'techno', 'industrial techno'],
  ['dub techno', 'techno'], ['hard techno', 'techno'], ['trance', 'électro'], ['psytrance', 'trance', 'goa,psy trance'],
  ['drum and bass', 'électro', 'drum’n’bass,drum & bass,dnb'], ['jungle', 'drum and bass'], ['dubstep', 'électro'], ['uk garage', 'électro', 'ukg,2-step'],
  ['breakbeat', 'électro', 'break beat,breaks'], ['ambient', 'électro', 'musique d’ambiance'], ['downtempo', 'électro', 'down tempo'], ['trip-hop', 'électro', 'trip hop'],
  ['electro swing', 'électro', 'électro-swing'], ['electroclash', 'électro'], ['synthwave', 'électro', 'retrowave'], ['idm', 'électro', 'intelligent dance music'],
  ['glitch', 'électro'], ['chiptune', 'électro', '8-bit,8 bit'], ['hardcore techno', 'électro', 'hardtek,gabber,tribe'], ['electro dub', 'dub', 'dub électronique'],
  ['lo-fi', 'électro', 'lofi'], ['eurodance', 'électro', 'dance'], ['big beat', 'électro'], ['footwork', 'électro'], ['bass music', 'électro'],
  ['live machines', 'électro', 'live électronique,hardware live'], ['dj set', 'électro', 'dj,disc-jockey'],
  ['jazz', null, 'musique jazz'], ['jazz manouche', 'jazz', 'gypsy jazz,swing manouche,django'], ['swing', 'jazz', 'middle jazz'],
  ['new orleans', 'jazz', 'nouvelle-orléans,dixieland,jazz traditionnel,trad jazz'], ['big band', 'jazz', 'grand orchestre de jazz'], ['be-bop', 'jazz', 'bebop'],
  ['hard bop', 'jazz'], ['cool jazz', 'jazz'], ['free jazz', 'jazz'], ['jazz fusion', 'jazz', 'fusion,jazz rock,jazz-rock'], ['jazz vocal', 'jazz', 'vocal jazz,crooner'],
  ['jazz modal', 'jazz', 'modal jazz'], ['latin jazz', 'jazz', 'jazz latin'], ['jazz contemporain', 'jazz', 'contemporary jazz'], ['smooth jazz', 'jazz'],
  ['jazz funk', 'jazz', 'jazz-funk'], ['acid jazz', 'jazz'], ['ethno jazz', 'jazz', 'jazz du monde,world jazz'], ['nu jazz', 'jazz', 'electro jazz,nujazz'],
  ['musiques improvisées', 'jazz', 'musique improvisée,improvisation,impro libre'],
  ['blues', null, 'musique blues'], ['delta blues', 'blues'], ['blues électrique', 'blues', 'electric blues,chicago blues'],
  ['blues acoustique', 'blues', 'acoustic blues,country blues'], ['boogie-woogie', 'blues', 'boogie'], ['rhythm and blues', 'blues', 'rhythm’n’blues'],
  ['soul', null, 'musique soul'], ['neo soul', 'soul', 'néo-soul'], ['northern soul', 'soul'], ['motown', 'soul'], ['gospel', 'soul', 'negro spiritual,spirituals'],
  ['r&b', 'soul', 'rnb,r and b,r’n’b'],
  ['funk', null, 'musique funk'], ['p-funk', 'funk'], ['afro-funk', 'funk', 'afro funk'], ['disco', 'funk', 'disco-funk,disco funk'], ['go-go', 'funk'],
  ['brass band', 'funk', 'fanfare funk'],
  ['reggae', null, 'musique reggae'], ['roots reggae', 'reggae', 'reggae roots'], ['dub', 'reggae'], ['dancehall', 'reggae', 'ragga,raggamuffin'], ['ska', 'reggae'],
  ['rocksteady', 'reggae'], ['lovers rock', 'reggae'], ['sound system', 'reggae', 'sound-system'],
  ['folk', null, 'musique folk'], ['indie folk', 'folk', 'folk indé'], ['folk américain', 'folk', 'american folk,americana'],
  ['singer-songwriter', 'folk', 'auteur-compositeur-interprète,auteur compositeur'], ['neofolk', 'folk', 'néofolk'], ['freak folk', 'folk'], ['country', 'folk'],
  ['bluegrass', 'country', 'blue grass'], ['alt-country', 'country', 'alternative country'], ['outlaw country', 'country'], ['honky tonk', 'country'],
  ['old time', 'country', 'old-time'], ['cajun', 'folk', 'cajun zydeco'], ['zydeco', 'folk'],
  ['musiques traditionnelles', null, 'trad,musique traditionnelle,musique folklorique,bal folk'],
  ['musique bretonne', 'musiques traditionnelles', 'fest-noz,fest noz,trad breton,bagad'], ['musique celtique', 'musiques traditionnelles', 'celtique,celtic'],
  ['musique irlandaise', 'musiques traditionnelles', 'irish music,irlandais'], ['musique occitane', 'musiques traditionnelles', 'occitan'],
  ['musique basque', 'musiques traditionnelles', 'basque'], ['chants corses', 'musiques traditionnelles', 'polyphonies corses,corse'],
  ['chants polyphoniques', 'musiques traditionnelles', 'polyphonie'], ['chants de marins', 'musiques traditionnelles', 'chant de marin,sea shanties'],
  ['musette', 'musiques traditionnelles', 'bal musette,accordéon'], ['musique alsacienne', 'musiques traditionnelles'], ['musique flamande', 'musiques traditionnelles'],
  ['musique auvergnate', 'musiques traditionnelles', 'cabrette,bourrée'], ['néo-trad', 'musiques traditionnelles', 'neo trad,néotrad'], ['fado', 'musiques traditionnelles'],
  ['flamenco', 'musiques traditionnelles'], ['klezmer', 'musiques traditionnelles'], ['musique tzigane', 'musiques traditionnelles', 'tsigane,gipsy,musique rom'],
  ['musique balkanique', 'musiques traditionnelles', 'balkans,balkan brass,fanfare balkanique'], ['rebetiko', 'musiques traditionnelles', 'rébétiko'],
  ['tarentelle', 'musiques traditionnelles', 'tarantella'], ['gnawa', 'musiques traditionnelles', 'gnaoua'], ['musique médiévale', 'musiques traditionnelles', 'médiéval'],
  ['musiques du monde', null, 'world,world music,musique du monde'], ['musiques africaines', 'musiques du monde', 'musique africaine,afro,african music'],
  ['afrobeat', 'musiques africaines', 'afro beat'], ['afrobeats', 'musiques africaines', 'afropop,afro pop'], ['highlife', 'musiques africaines', 'high life'],
  ['mbalax', 'musiques africaines'], ['rumba congolaise', 'musiques africaines', 'soukous,rumba'], ['ndombolo', 'musiques africaines'],
  ['coupé-décalé', 'musiques africaines'], ['amapiano', 'musiques africaines'], ['blues touareg', 'musiques africaines', 'desert blues,assouf'],
  ['mandingue', 'musiques africaines', 'musique mandingue,kora'], ['éthio-jazz', 'musiques africaines', 'ethio jazz'], ['maloya', 'musiques du monde', 'maloya réunionnais'],
  ['séga', 'musiques du monde', 'sega'], ['zouk', 'musiques du monde', 'zouk love'], ['kompa', 'musiques du monde', 'konpa,compas'],
  ['biguine', 'musiques du monde', 'béguine'], ['gwo ka', 'musiques du monde', 'gwoka'], ['bèlè', 'musiques du monde'], ['calypso', 'musiques du monde'],
  ['soca', 'musiques du monde'], ['musiques latines', 'musiques du monde', 'musique latine,latino,latin'], ['salsa', 'musiques latines'], ['cumbia', 'musiques latines'],
  ['bachata', 'musiques latines'], ['merengue', 'musiques latines'], ['reggaeton', 'musiques latines', 'reggaetón'],
  ['son cubain', 'musiques latines', 'son,musique cubaine'], ['boléro', 'musiques latines'], ['mambo', 'musiques latines'], ['tango', 'musiques latines', 'tango argentin'],
  ['mariachi', 'musiques latines'], ['musique andine', 'musiques latines'], ['musiques brésiliennes', 'musiques du monde', 'musique brésilienne,mpb'],
  ['samba', 'musiques brésiliennes'], ['bossa nova', 'musiques brésiliennes', 'bossa'], ['forró', 'musiques brésiliennes', 'forro'],
  ['batucada', 'musiques brésiliennes', 'percussions brésiliennes'], ['choro', 'musiques brésiliennes'], ['raï', 'musiques du monde', 'rai'],
  ['chaâbi', 'musiques du monde', 'chaabi,chaabi algérien'], ['musique arabo-andalouse', 'musiques du monde', 'arabo-andalou'],
  ['musique arabe', 'musiques du monde', 'musique orientale,oriental'], ['musique kabyle', 'musiques du monde', 'kabyle'],
  ['musique turque', 'musiques du monde', 'anatolian rock'], ['musique persane', 'musiques du monde', 'iranienne'], ['musique indienne', 'musiques du monde', 'raga,inde'],
  ['bhangra', 'musiques du monde'], ['bollywood', 'musiques du monde'], ['qawwalî', 'musiques du monde', 'qawwali'], ['gamelan', 'musiques du monde'],
  ['taiko', 'musiques du monde', 'tambours japonais'], ['chant diphonique', 'musiques du monde', 'mongolie,khoomii'], ['musique hawaïenne', 'musiques du monde', 'ukulélé'],
  ['musique juive', 'musiques du monde'], ['musique arménienne', 'musiques du monde', 'doudouk'],
  ['musique classique', null, 'classique,classical'], ['musique baroque', 'musique classique', 'baroque'], ['musique romantique', 'musique classique', 'romantique'],
  ['musique de chambre', 'musique classique', 'chamber music,quatuor à cordes'], ['musique symphonique', 'musique classique', 'orchestre symphonique,orchestre'],
  ['opéra', 'musique classique', 'opera,lyrique,art lyrique'], ['opérette', 'musique classique'], ['chant choral', 'musique classique', 'chorale,chœur,choir'],
  ['musique sacrée', 'musique classique', 'sacred music'], ['musique ancienne', 'musique classique', 'early music,renaissance'],
  ['musique contemporaine', 'musique classique', 'contemporary classical'], ['minimalisme', 'musique classique', 'minimalist,musique répétitive'],
  ['néoclassique', 'musique classique', 'neoclassical,modern classical'], ['piano solo', 'musique classique', 'récital de piano'],
  ['musique électroacoustique', 'musique classique', 'électroacoustique,acousmatique'], ['musique concrète', 'musique classique'],
  ['musique de film', 'musique classique', 'bande originale,ciné-concert,film music'], ['orgue', 'musique classique'],
  ['musique de rue', null, 'déambulation,arts de la rue,spectacle de rue'], ['fanfare', 'musique de rue', 'fanfares,fanfare de rue,fanfare festive,street band,marching band'],
  ['orchestre d’harmonie', 'musique de rue', 'harmonie,wind band'], ['bandas', 'musique de rue', 'banda'], ['percussions', 'musique de rue', 'drumline,steel band'],
  ['orgue de Barbarie', 'musique de rue'],
  ['jeune public', null, 'musique pour enfants,spectacle jeune public,kids'], ['conte musical', 'jeune public', 'conte'],
  ['comédie musicale', 'jeune public', 'musical,musicals'], ['ciné-concert jeune public', 'jeune public'],
  ['musique de bal', null, 'bal,orchestre de bal,orchestre de variétés'], ['thé dansant', 'musique de bal'], ['guinguette', 'musique de bal'],
  ['reprises', 'musique de bal', 'cover band,covers,groupe de reprises'], ['tribute', 'musique de bal', 'tribute band,hommage'],
  ['années 80', 'musique de bal', '80s,eighties'], ['karaoké', 'musique de bal', 'karaoke live'], ['animation dansante', 'musique de bal', 'soirée dansante'],
  ['expérimental', null, 'experimental,musiques expérimentales,avant-garde'], ['noise', 'expérimental', 'harsh noise,bruitisme'], ['drone', 'expérimental'],
  ['musique industrielle', 'expérimental', 'industrial,indus'], ['field recording', 'expérimental', 'paysage sonore'], ['art sonore', 'expérimental', 'sound art'],
  ['post-industriel', 'expérimental'],
];

/** Every genre by the name we keep. */
export const GENRES: readonly string[] = rows.map(([name]) => name);

/** The genre above each one; families have none. */
const PARENTS: ReadonlyMap<string, string> = new Map(rows.flatMap(([name, parent]) => (parent ? [[name, parent] as const] : [])));

/** The genre above `genre`, by the name we keep; `undefined` for a family, and for what is not in our list. */
export const parentOf = (genre: string): string | undefined => PARENTS.get(genre);

/** How a genre is compared: no accents, case, dashes or signs. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('&', ' and ').replace(/[^a-z0-9]+/g, ' ').trim();

const spellings = rows.map(([name, , variants]) => ({ name, keys: [name, ...(variants?.split(',') ?? [])].map(plain) }));
const byKey = new Map(spellings.flatMap(({ name, keys }) => keys.map((key) => [key, name] as const)));
// A genre's own name wins over another's variant.
for (const name of GENRES) byKey.set(plain(name), name);

/** The name we keep for what somebody wrote, such as `drum’n’bass` for `drum and bass`; what we do not know stays as it was written. */
export const genreNamed = (typed: string): string => byKey.get(plain(typed)) ?? typed.trim();

/** Names of genres that are written like `typed`: those that begin so, then those with a word that does; eight at most. Of nothing, the families. */
export function searchGenres(typed: string): string[] {
  const query = plain(typed);
  if (query === '') return rows.filter(([, parent]) => parent === null).map(([name]) => name).slice(0, most);
  const begin = spellings.filter(({ keys }) => keys.some((key) => key.startsWith(query)));
  const within = spellings.filter((spelling) => !begin.includes(spelling) && spelling.keys.some((key) => key.includes(` ${query}`)));
  const exact = byKey.get(query);
  return [...new Set([...(exact === undefined ? [] : [exact]), ...[...begin, ...within].map(({ name }) => name)])].slice(0, most);
}

const most = 8;
