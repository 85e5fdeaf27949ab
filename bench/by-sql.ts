import { published } from '../server/matching/score.ts';
import { touring } from '../server/matching/scorecards/touring.ts';

/*
 * What somebody writes who scores artists in the database: one statement over the tables as they are, facts first, then a degree for each
 * criterion, then the sums of both sides by the weights of the same scorecard. What the best common day decides, and what needs the map of
 * all shows, is left at its prior: fewer criteria only help the statement.
 */

/** A degree in straight lines between points, as `curve` of the engine has it; of what is not known it is null. */
function curve(x: string, points: readonly (readonly [number, number])[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return 'NULL';
  const lines = points.slice(1).map(([at, degree], i) => {
    const [from, was] = points[i] ?? first;
    return `WHEN ${x} <= ${at} THEN ${was} + ${(degree - was) / (at - from)} * (${x} - ${from})`;
  });
  return `CASE WHEN ${x} <= ${first[0]} THEN ${first[1]} ${lines.join(' ')} WHEN ${x} > ${last[0]} THEN ${last[1]} END`;
}
/** The same of tenfold steps. */
const steps = (x: string, points: readonly (readonly [number, number])[]): string => curve(`log(greatest(${x}, 1e-30))`, points.map(([at, degree]) => [Math.log10(at), degree]));
/** The mean of those that are known. */
const mean = (...parts: readonly string[]): string => `((${parts.map((part) => `coalesce(${part}, 0)`).join(' + ')}) / nullif(${parts.map((part) => `(${part} IS NOT NULL)::int`).join(' + ')}, 0))`;
/** A show of both: of what one wants, whether the other has some. */
const meets = (one: string, other: string): string => `CASE WHEN cardinality(${one}) > 0 AND cardinality(${other}) > 0 THEN CASE WHEN ${one} && ${other} THEN 1 ELSE 0.1 END END`;
const common = (one: string, other: string): string => `(SELECT count(*) FROM unnest(${one}) AS name WHERE name = ANY(${other}))`;
const union = `('FR', 'BE', 'LU', 'DE', 'NL', 'ES', 'IT')`;
const kilometres = (one: string, lat: string, lng: string): string => `12742.0176 * asin(least(1, sqrt(power(sin(radians(${one}.lat - ${lat}) / 2), 2) + cos(radians(${one}.lat)) * cos(radians(${lat})) * power(sin(radians(${one}.lng - ${lng}) / 2), 2))))`;
const need = (wanted: string, there: string): string => `CASE WHEN ${wanted} = 0 THEN 1 ELSE ${curve(`(${there} / nullif(${wanted}, 0)::float)`, [[0.4, 0], [0.8, 0.6], [1, 1]])} END`;

/** Degrees by the criteria's own names, over the facts `f` and the place `p`. */
const degrees: Readonly<Record<string, string>> = {
  capacity: curve('f.draw / p.capacity', [[0, 0], [0.15, 0.2], [0.6, 1], [1, 1], [1.5, 0.6], [3, 0.2], [8, 0]]),
  local_draw: curve('f.drawn / p.capacity', [[0, 0], [0.1, 0.3], [0.5, 0.8], [1, 1]]),
  listeners: steps('f.listeners / p.capacity', [[0.5, 0], [5, 0.4], [50, 0.8], [200, 1]]),
  followers: steps('f.reach / p.capacity', [[0.05, 0], [0.5, 0.4], [5, 0.85], [20, 1]]),
  growth: curve('f.growth_percent', [[-50, 0], [0, 0.5], [50, 0.9], [100, 1]]),
  house_fill: curve('p.fill_percent', [[10, 0], [50, 0.5], [85, 1]]),
  level: 'CASE abs(f.level - p.level) WHEN 0 THEN 1 WHEN 1 THEN 0.5 WHEN 2 THEN 0.1 END',
  ticket: 'CASE WHEN f.ticket_minor > 0 AND p.ticket_minor > 0 THEN least(f.ticket_minor, p.ticket_minor)::float / greatest(f.ticket_minor, p.ticket_minor) END',
  fee: `CASE WHEN p.budget >= f.fee_max THEN 1 WHEN p.budget >= f.fee_min THEN CASE WHEN f.fee_max > f.fee_min THEN 0.6 + 0.4 * (p.budget - f.fee_min) / (f.fee_max - f.fee_min) ELSE 1 END
    WHEN p.budget <= f.fee_min / 2 THEN 0 WHEN p.budget < f.fee_min THEN 0.6 * (p.budget - f.fee_min / 2) / (f.fee_min / 2) END`,
  full_cost: curve('f.cost / p.budget', [[0.5, 1], [0.9, 0.85], [1, 0.7], [1.3, 0.2], [1.6, 0]]),
  break_even: curve('f.cost / (p.capacity * p.ticket)', [[0.25, 1], [0.6, 0.7], [1, 0.2], [1.5, 0]]),
  terms: mean('CASE WHEN f.deposit_percent = 0 THEN 1 ELSE least(1, p.deposit_percent / nullif(f.deposit_percent, 0)::float) END', `(${curve('p.days_to_pay', [[0, 1], [30, 0.8], [45, 0.5], [60, 0.3], [120, 0]])})`),
  taxes: `least(CASE WHEN f.currency = p.currency THEN 1 ELSE 0.5 END, CASE WHEN f.country = p.country THEN 1 WHEN f.country IN ${union} AND p.country IN ${union} THEN 0.7 ELSE 0.4 END)`,
  funding: curve('p.funding / f.fee_min', [[0, 0], [0.8, 0.3], [1, 0.6], [2, 0.9], [4, 1]]),
  common_dates: `CASE WHEN f.marked THEN ${curve('f.sure', [[0, 0.5], [1, 0.55], [5, 0.75], [20, 1]])} END`,
  weekday: `((CASE WHEN cardinality(f.weekdays) = 0 THEN 0.9 WHEN f.weekday = ANY(f.weekdays) THEN 1 ELSE 0.15 END) + (CASE WHEN cardinality(p.weekdays) = 0 THEN 0.9 WHEN f.weekday = ANY(p.weekdays) THEN 1 ELSE 0.15 END)) / 2.0`,
  lead: `CASE WHEN greatest(f.lead_days, p.lead_days) = 0 THEN 1 ELSE ${curve('(f.ahead / nullif(greatest(f.lead_days, p.lead_days), 0)::float)', [[0.25, 0], [1, 0.9], [1.5, 1]])} END`,
  distance: curve('f.km', [[50, 1], [150, 0.8], [300, 0.55], [600, 0.25], [1_000, 0]]),
  mobility: curve('(f.km / greatest(1, f.mobility_km))', [[0.8, 1], [1, 0.85], [1.3, 0.3], [2, 0]]),
  access: mean('p.load_in::int::float', 'p.parking::int::float', 'p.transit::int::float'),
  border: `CASE WHEN f.country = p.country THEN 1 WHEN f.country IN ${union} AND p.country IN ${union} THEN 0.75 ELSE 0.3 END`,
  genre: 'f.taste',
  audience: `CASE WHEN cardinality(f.audiences) > 0 AND cardinality(p.audiences) > 0 THEN f.crowds::float / (cardinality(f.audiences) + cardinality(p.audiences) - f.crowds) END`,
  influences: `CASE WHEN cardinality(f.influences) > 0 AND cardinality(p.influences) > 0 THEN ${curve('(f.idols::float / least(cardinality(f.influences), cardinality(p.influences)))', [[0, 0.3], [0.5, 0.8], [1, 1]])} END`,
  format: mean(`(${curve('(p.stage_metres / greatest(1, f.line_up)::float)', [[1, 0], [2, 0.4], [4, 1]])})`, `(${meets('f.settings', 'p.settings')})`),
  language: mean(`(${meets('f.lyrics', 'p.lyrics')})`, '(CASE WHEN NOT p.family OR f.family THEN 1 WHEN p.family AND NOT f.family THEN 0.1 END)'),
  technical: mean(`(${need('f.stage_metres', 'p.stage_metres')})`, `(${need('f.inputs', 'p.inputs')})`, `(${need('f.kilowatts', 'p.kilowatts')})`, `(CASE WHEN cardinality(f.backline) > 0 AND cardinality(p.backline) > 0 THEN ${curve('(f.gear::float / cardinality(f.backline))', [[0.4, 0], [0.8, 0.6], [1, 1]])} END)`),
  sound: `least(${curve('(f.decibels - p.decibels)', [[-3, 1], [0, 0.85], [3, 0.4], [8, 0]])}, ${curve('(p.ends - f.minutes)', [[-60, 0], [0, 0.8], [30, 1]])})`,
  outdoors: `CASE WHEN NOT p.outdoor THEN 0.7 WHEN p.outdoor AND f.outdoor THEN CASE WHEN p.covered OR f.autonomous THEN 0.7 ELSE 0.525 END WHEN p.outdoor AND NOT f.outdoor THEN CASE WHEN p.covered THEN 0.35 ELSE 0 END END
    + CASE WHEN p.step_free THEN 0.3 WHEN NOT p.step_free THEN 0.12 END`,
  paid: curve('p.days_to_pay', [[0, 1], [30, 0.85], [45, 0.5], [90, 0.1], [180, 0]]),
  ratings: curve('f.stars', [[2, 0], [3, 0.2], [4, 0.7], [4.8, 1]]),
  complete: `least(1, 0.8 * ${curve('f.complete', [[0, 0], [50, 0.3], [80, 0.8], [100, 1]])} + CASE WHEN f.licensed THEN 0.1 ELSE 0 END + CASE WHEN p.licensed THEN 0.1 ELSE 0 END)`,
  exclusivity: `CASE WHEN f.apart IS NULL THEN 1 ELSE ${curve('f.apart', [[0.999, 0], [1, 0.2], [1.5, 0.8], [2, 1]])} END`,
};

/** How many criteria the statement scores. */
export const sqlCriteria = Object.keys(degrees).length;

/** The tables and indexes that the statement asks for. The kinship of genres is filled by `fillKinship`. */
export const sqlSetup = `CREATE TABLE kinship (a text NOT NULL, b text NOT NULL, near float NOT NULL, PRIMARY KEY (b, a));
  CREATE INDEX epk_at ON epk (lat, lng); CREATE INDEX show_drawn ON show (org_id) WHERE attendance IS NOT NULL; CREATE INDEX rating_about ON rating (about_org_id) INCLUDE (stars); CREATE INDEX media_photo ON media (org_id) WHERE kind = 'photo'`;
/** Fills it, of three lists: one genre, another, how near they are. */
export const fillKinship = 'INSERT INTO kinship SELECT * FROM unnest($1::text[], $2::text[], $3::float[])';

const weights = published(touring);
/** The points of a side: known degrees by their weights, the others by their priors. */
const points = (side: 'artist' | 'place'): string => touring.criteria.map(({ criterion, prior }, k) => {
  const weight = weights[side][k] ?? 0;
  return criterion in degrees ? `${weight} * coalesce(d.${criterion}, ${prior})` : String(weight * prior);
}).join(' + ');

const euros = (amount: string, currency: string): string => `(${amount} * CASE WHEN ${currency} = 'CHF' THEN 1.07 ELSE 1.0 END)::float`;
const levelOf = (level: string): string => `array_position(ARRAY['emerging', 'confirmed', 'headliner'], ${level})`;

/**
 * The best fifty artists around a place. Asked with the place, the first and the last degree of latitude and of longitude to be looked at,
 * the kilometres around it, the first day of the calendar and the one after its last.
 */
export const sqlSearch = `
WITH p AS MATERIALIZED (
  SELECT venue.org_id, nullif(venue.capacity, 0)::float AS capacity, venue.genres, venue.currency, venue.lat, venue.lng, organisation.country, ${euros('nullif(greatest(venue.budget_max_minor, venue.budget_min_minor), 0)', 'venue.currency')} AS budget,
    ${levelOf('sheet.level')} AS level, sheet.fill_percent, sheet.ticket_minor, ${euros('sheet.ticket_minor', 'venue.currency')} AS ticket, sheet.deposit_percent, sheet.days_to_pay, ${euros('sheet.funding_minor', 'venue.currency')} AS funding, sheet.weekdays,
    sheet.lead_days, sheet.load_in, sheet.parking, sheet.transit, sheet.audiences, sheet.influences, sheet.stage_metres, sheet.settings, sheet.lyrics, sheet.family, sheet.inputs, sheet.kilowatts, sheet.backline, sheet.decibels,
    CASE WHEN sheet.curfew <> '' THEN extract(epoch FROM sheet.curfew::time - '21:00'::time) / 60 END AS ends, sheet.outdoor, sheet.covered, sheet.step_free, organisation.licence_until IS NOT NULL AS licensed
  FROM venue JOIN organisation ON organisation.id = venue.org_id LEFT JOIN sheet ON sheet.org_id = venue.org_id WHERE venue.org_id = $1
), near AS MATERIALIZED (
  SELECT * FROM (SELECT epk.*, ${kilometres('epk', 'p.lat', 'p.lng')} AS km FROM epk, p WHERE epk.lat BETWEEN $2 AND $3 AND epk.lng BETWEEN $4 AND $5 AND epk.published_at IS NOT NULL) AS around WHERE km <= $6
), marks AS MATERIALIZED (
  SELECT day, state FROM day_mark WHERE org_id = $1 AND day >= $7::date AND day < $8::date
), days AS MATERIALIZED (
  SELECT mine.org_id, count(*) FILTER (WHERE mine.state = 'free' AND marks.state = 'free') AS sure, bool_or(mine.state IN ('free', 'busy')) AS marked,
    coalesce(min(mine.day) FILTER (WHERE mine.state = 'free' AND marks.state = 'free' AND extract(isodow FROM mine.day) IN (5, 6)), min(mine.day) FILTER (WHERE mine.state = 'free' AND marks.state = 'free')) AS day
  FROM near JOIN day_mark AS mine ON mine.org_id = near.org_id AND mine.day >= $7::date AND mine.day < $8::date LEFT JOIN marks ON marks.day = mine.day GROUP BY mine.org_id
), wanted AS MATERIALIZED (
  SELECT kinship.a, max(kinship.near) AS near FROM kinship, p WHERE kinship.b = ANY(p.genres) GROUP BY kinship.a
), tastes AS MATERIALIZED (
  SELECT near.org_id, max(wanted.near) AS near FROM near CROSS JOIN unnest(near.genres) AS genre JOIN wanted ON wanted.a = genre GROUP BY near.org_id
), crowds AS MATERIALIZED (
  SELECT near.org_id, max(show.attendance) AS drawn FROM p, near JOIN show ON show.org_id = near.org_id AND show.attendance IS NOT NULL WHERE ${kilometres('show', 'p.lat', 'p.lng')} <= 100 GROUP BY near.org_id
), stars AS MATERIALIZED (
  SELECT near.org_id, (sum(rating.stars) + 4.2 * 4) / (count(*) + 4) AS stars FROM near JOIN rating ON rating.about_org_id = near.org_id GROUP BY near.org_id
), photos AS MATERIALIZED (
  SELECT DISTINCT near.org_id FROM near JOIN media ON media.org_id = near.org_id AND media.kind = 'photo'
), promises AS MATERIALIZED (
  SELECT near.org_id, min(${kilometres('exclusivity', 'p.lat', 'p.lng')} / exclusivity.km) AS apart FROM p, near JOIN exclusivity ON exclusivity.org_id = near.org_id AND $7::date BETWEEN exclusivity."from" AND exclusivity.until GROUP BY near.org_id
), facts AS MATERIALIZED (
  SELECT near.org_id, near.km, near.currency, near.line_up, near.duration_minutes AS minutes, organisation.country, organisation.licence_until, organisation.licence_until IS NOT NULL AS licensed,
    ${euros('nullif(near.fee_min_minor, 0)', 'near.currency')} AS fee_min, ${euros('nullif(near.fee_max_minor, 0)', 'near.currency')} AS fee_max, nullif(near.audience_min + near.audience_max, 0) / 2.0::float AS draw,
    ${euros('nullif(near.fee_min_minor, 0)', 'near.currency')} + near.km * 181.22 * ceil((near.line_up + coalesce(sheet.crew, 0)) / 8.0) + CASE WHEN near.km > 200 THEN (near.line_up + coalesce(sheet.crew, 0)) * 7500 ELSE 0 END AS cost,
    crowds.drawn, sheet.listeners * CASE WHEN organisation.country = p.country THEN coalesce(sheet.listeners_percent, 100) / 100.0 ELSE 1 END AS listeners, sheet.followers * sheet.engagement / 1000.0::float AS reach, sheet.growth_percent,
    ${levelOf('sheet.level')} AS level, sheet.ticket_minor, sheet.deposit_percent, coalesce(days.sure, 0) AS sure, coalesce(days.marked, false) AS marked, extract(isodow FROM coalesce(days.day, $7::date)) AS weekday, coalesce(days.day, $7::date) - $7::date AS ahead, sheet.weekdays, sheet.lead_days,
    sheet.mobility_km, tastes.near AS taste, sheet.audiences, ${common('sheet.audiences', 'p.audiences')} AS crowds, sheet.influences, ${common('sheet.influences', 'p.influences')} AS idols, sheet.settings, sheet.lyrics, sheet.family, sheet.stage_metres, sheet.inputs, sheet.kilowatts,
    sheet.backline, ${common('sheet.backline', 'p.backline')} AS gear, sheet.decibels, sheet.outdoor, sheet.autonomous, stars.stars, promises.apart,
    10 * (near.name <> '')::int + 15 * (cardinality(near.genres) > 0)::int + 15 * (near.fee_max_minor > 0)::int + 10 * (near.insee <> '')::int + 10 * (near.bio <> '{}' OR near.tagline <> '{}')::int + 10 * (photos.org_id IS NOT NULL)::int + 5 * (near.audience_max > 0)::int
      + 5 * (near.technical <> '')::int + 5 * (sheet.level IS NOT NULL)::int + 5 * (coalesce(cardinality(sheet.settings), 0) > 0)::int + 5 * (coalesce(cardinality(sheet.audiences), 0) > 0)::int + 5 * (sheet.mobility_km IS NOT NULL)::int AS complete
  FROM p, near JOIN organisation ON organisation.id = near.org_id LEFT JOIN sheet ON sheet.org_id = near.org_id LEFT JOIN days ON days.org_id = near.org_id LEFT JOIN tastes ON tastes.org_id = near.org_id
    LEFT JOIN crowds ON crowds.org_id = near.org_id LEFT JOIN stars ON stars.org_id = near.org_id LEFT JOIN photos ON photos.org_id = near.org_id LEFT JOIN promises ON promises.org_id = near.org_id
), d AS MATERIALIZED (
  SELECT f.org_id, ${Object.entries(degrees).map(([name, degree]) => `${degree} AS ${name}`).join(',\n    ')}
  FROM facts AS f, p WHERE f.complete >= 80 AND NOT coalesce(f.fee_min > 2 * p.budget, false) AND NOT coalesce(f.apart < 1, false) AND coalesce(f.licence_until >= $7::date, true)
), sides AS MATERIALIZED (
  SELECT d.org_id, ${points('artist')} AS artist, ${points('place')} AS place FROM d
)
SELECT org_id, artist, place, CASE WHEN artist + place > 0 THEN 2 * artist * place / (artist + place) ELSE 0 END AS score FROM sides ORDER BY score DESC, org_id LIMIT 50`;
