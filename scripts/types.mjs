/*
 * `flow-stage.d.ts`, made from the manifest: the global, the elements and their events for TypeScript, and what a template may write in
 * React 19, Vue 3 and Svelte 5. A framework that is not there is passed over.
 */

const comment = (text, indent) => (text ? `${indent}/** ${text.replaceAll('*/', '*').replace(/\s+/g, ' ')} */\n` : '');
const quoted = (name) => (/^[a-z]\w*$/i.test(name) ? name : `'${name}'`);
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const block = (head, lines, indent = '') => `${indent}${head} {\n${lines.join('')}${indent}}\n`;

/** In markup a number is written as text. */
const written = ({ text }) => (text === 'number' ? 'number | string' : text);

/**
 * @param {ReturnType<import('./manifest.mjs').makeManifest>} manifest @param {Map<string, { detail: string, description: string }>} events
 * @param {string} version @returns {string}
 */
export function makeTypes(manifest, events, version) {
  const elements = manifest.modules.flatMap(({ declarations }) => declarations);
  const all = [...events];
  const methods = ({ members }) => members.filter(({ kind }) => kind === 'method');
  // `focus` and the like are those of every element.
  const method = ({ name, description, parameters = [], return: back }) => `${comment(description, '  ')}  ${name}(${parameters.map((one) => `${one.name}${one.optional ? '?' : ''}: ${one.type?.text ?? 'unknown'}`).join(', ')}): ${back?.type?.text ?? 'void'};\n`;
  const field = ({ name, description, type, readonly }) => `${comment(description, '  ')}  ${readonly ? 'readonly ' : ''}${name}: ${type.text};\n`;
  const attribute = ({ name, description, type }) => `${comment(description, '  ')}  ${quoted(name)}?: ${written(type)} | undefined;\n`;
  const heard = (say) => all.map(([name, { description }]) => `${comment(description, '  ')}  ${quoted(say(name))}?: ((event: FlowStageEventMap['${name}']) => void) | undefined;\n`);
  const rows = (type) => elements.map((one) => `    '${one.tagName}': ${type(one)};\n`);
  const parts = [
    `// Flow Stage ${version}\n`,
    block('export interface FlowStageEvents', all.map(([name, { detail, description }]) => `${comment(description, '  ')}  '${name}': ${detail};\n`)),
    'export type FlowStageEventMap = { [Name in keyof FlowStageEvents]: CustomEvent<FlowStageEvents[Name]> };\n',
    block('export interface FlowStageTagNameMap', elements.map(({ tagName, name }) => `  '${tagName}': ${name}Element;\n`)),
    `/** The one global. It is there once the script has run. */\n${block('export interface FlowStageGlobal', [
      `${comment('The exact version.', '  ')}  readonly version: string;\n`,
      `${comment('Resolves with the class once the tag works; it does not make it load.', '  ')}  readonly ready: (tag: keyof FlowStageTagNameMap) => Promise<CustomElementConstructor>;\n`,
      `${comment('Loads a tag now.', '  ')}  readonly load: (tag: keyof FlowStageTagNameMap) => Promise<void>;\n`,
      `${comment('Listens to what widgets tell; the answer stops it.', '  ')}  readonly on: <Name extends keyof FlowStageEvents>(event: Name, listener: (event: FlowStageEventMap[Name]) => void) => () => void;\n`,
    ])}`,
    ...elements.map((one) => `${comment(one.description, '')}${block(`export interface ${one.name}Element extends HTMLElement`, [...one.members.filter(({ kind }) => kind === 'field').map(field), ...methods(one).filter(({ name }) => name !== 'focus').map(method)])}`),
    ...elements.map((one) => block(`export interface ${one.name}Attributes`, one.attributes.map(attribute))),
    `/** What React and Svelte call them. */\n${block('export interface FlowStageHandlers', heard((name) => `on${name}`))}`,
    `/** What Vue calls them: \`@flow-ready\`. */\n${block('export interface FlowStageVueHandlers', heard((name) => camel(`on-${name}`)))}`,
    // A line that is passed over is one that names a package that may not be there.
    '// @ts-ignore\ntype ReactProps<E> = import(\'react\').DetailedHTMLProps<import(\'react\').HTMLAttributes<E>, E>;\n',
    '// @ts-ignore\ntype VueProps = import(\'vue\').HTMLAttributes & import(\'vue\').ReservedProps;\n',
    '// @ts-ignore\ntype SvelteProps<E extends EventTarget> = import(\'svelte/elements\').HTMLAttributes<E>;\n',
    block('declare global', [
      '  var FlowStage: FlowStageGlobal | undefined;\n  interface HTMLElementTagNameMap extends FlowStageTagNameMap {}\n',
      ...['HTMLElementEventMap', 'DocumentEventMap', 'WindowEventMap'].map((map) => `  interface ${map} extends FlowStageEventMap {}\n`),
    ]),
    // `key` is React's own: the script tag or a reference carries ours.
    `// @ts-ignore\n${block("declare module 'react'", [block('namespace JSX', [block('interface IntrinsicElements', rows(({ name }) => `ReactProps<${name}Element> & Omit<${name}Attributes, 'key'> & FlowStageHandlers`).map((row) => `  ${row}`), '    ')], '  ')])}`,
    `// @ts-ignore\n${block("declare module 'vue'", [block('interface GlobalComponents', rows(({ name }) => `new () => { $props: VueProps & Omit<${name}Attributes, 'key'> & FlowStageVueHandlers }`), '  ')])}`,
    `// @ts-ignore\n${block("declare module 'svelte/elements'", [block('export interface SvelteHTMLElements', rows(({ name }) => `SvelteProps<${name}Element> & ${name}Attributes & FlowStageHandlers`), '  ')])}`,
  ];
  return parts.join('\n');
}
