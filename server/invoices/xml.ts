/** An element: its name, what it holds, its attributes. What is null is left out. */
export type Node = readonly [name: string, content: string | readonly (Node | null)[], attributes?: Readonly<Record<string, string>>];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function element([name, content, attributes = {}]: Node): string {
  const opened = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`)].join(' ');
  return `<${opened}>${typeof content === 'string' ? escaped(content) : content.map((child) => (child ? element(child) : '')).join('')}</${name}>`;
}

/** The document of which `root` is the root, in UTF-8. */
export const document = (root: Node): string => `<?xml version="1.0" encoding="UTF-8"?>\n${element(root)}\n`;
