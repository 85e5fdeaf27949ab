/**
 * As whom an address counts: an IPv4 address as itself, however it is written; an IPv6 address as its network of 64 bits, for whoever has
 * one of its addresses has them all. What is no address counts as what it is.
 */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  const bare = ip.replace(/^\[([^\]]*)\](:\d+)?$/, '$1').replace(/%.*$/, '');
  if (!URL.canParse(`http://[${bare}]/`)) return ip;
  const [left = '', right] = new URL(`http://[${bare}]/`).hostname.slice(1, -1).split('::');
  const [before, after] = [groups(left), groups(right ?? '')];
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  const [high = 0, low = 0] = all.slice(6).map((group) => parseInt(group, 16));
  if (all.slice(0, 6).join() === '0,0,0,0,0,ffff') return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return `${all.slice(0, 4).join(':')}::/64`;
}

const groups = (part: string): string[] => part.split(':').filter(Boolean);
