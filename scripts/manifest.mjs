import { readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';

/*
 * The custom elements manifest of the public elements. What an element shows, tells and takes is written down where it is made: on its
 * class, or on the piece of `core` or `parts` that it uses (`@fires`, `@csspart`, `@cssproperty`). Details of events are those of
 * `FlowEvents`. What is marked `@internal` is for our own tests.
 */

const root = path.resolve(import.meta.dirname, '..');
const trees = new Map();
const treeOf = (file) => {
  if (!trees.has(file)) trees.set(file, ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.ES2022, true));
  return trees.get(file);
};
const beside = (file, name) => path.posix.join(path.posix.dirname(file), name);

/** @returns {{ tag: string, file: string, name: string }[]} Every public tag, the file of its class, and the class. */
export function publicTags() {
  return [...readFileSync(path.join(root, 'widgets/registry.ts'), 'utf8').matchAll(/'(flow-[\w-]+)': async \(\) => \(await import\('\.\/(public\/[^']+)'\)\)\.(\w+)/g)]
    .map(([, tag, file, name]) => ({ tag, file: `widgets/${file}`, name }));
}

/** What a file brings in from other files of ours: a local name, and where it comes from. */
function importsOf(tree, file) {
  const found = new Map();
  for (const one of tree.statements) {
    if (!ts.isImportDeclaration(one) || one.importClause?.isTypeOnly || !one.moduleSpecifier.text.startsWith('.')) continue;
    for (const { name, propertyName, isTypeOnly } of one.importClause?.namedBindings?.elements ?? []) {
      if (!isTypeOnly) found.set(name.text, { file: beside(file, one.moduleSpecifier.text), name: (propertyName ?? name).text });
    }
  }
  return found;
}

/** The statements of a file, by the names that they declare. */
function statementsOf(tree) {
  const found = new Map();
  for (const one of tree.statements) {
    const names = ts.isVariableStatement(one) ? one.declarationList.declarations.map(({ name }) => name.getText()) : one.name ? [one.name.text] : [];
    for (const name of names) if (!ts.isTypeAliasDeclaration(one) && !ts.isInterfaceDeclaration(one)) found.set(name, one);
  }
  return found;
}

/**
 * Every piece of our source that a class leans on, itself first.
 *
 * @param {string} file The file of the class. @param {string} name Its name.
 * @returns {{ file: string, name: string, code: string, docs: string }[]} Each with its code and with what is written above it.
 */
export function sourcesOf(file, name) {
  const seen = new Map();
  const visit = (where, what) => {
    if (!where.startsWith('widgets/') || !existsSync(path.join(root, where)) || seen.has(`${where} ${what}`)) return;
    const tree = treeOf(where);
    const statements = statementsOf(tree);
    const statement = statements.get(what);
    if (!statement) return;
    const code = statement.getText();
    seen.set(`${where} ${what}`, { file: where, name: what, code, docs: (statement.jsDoc ?? []).map((doc) => doc.getText()).join('\n') });
    const imports = importsOf(tree, where);
    for (const [word] of code.matchAll(/[A-Za-z_]\w*/g)) {
      if (imports.has(word)) visit(imports.get(word).file, imports.get(word).name);
      else if (statements.has(word)) visit(where, word);
    }
    // What loads on use belongs to it too.
    for (const [, module] of code.matchAll(/import\('(\.[^']+)'\)/g)) {
      const other = beside(where, module);
      if (existsSync(path.join(root, other))) for (const one of statementsOf(treeOf(other)).keys()) visit(other, one);
    }
  };
  visit(file, name);
  return [...seen.values()];
}

/** @returns {Map<string, { detail: string, description: string }>} What widgets tell, from `FlowEvents`. */
export function flowEvents() {
  const events = treeOf('widgets/core/events.ts').statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === 'FlowEvents');
  return new Map(events.members.map((one) => [one.name.text, { detail: aliased(one.type.getText()), description: described(one) }]));
}

const described = (node) => (node.jsDoc ?? []).map(({ comment }) => (typeof comment === 'string' ? comment : ts.getTextOfJSDocComment(comment) ?? '')).join(' ').replace(/\s+/g, ' ').trim();

/** A type of our own, written out where it is a choice of words. */
const aliases = () => new Map(['widgets/core/site.ts', 'widgets/public/flow-booking-request/blank.ts'].flatMap((file) => treeOf(file).statements
  .filter((one) => ts.isTypeAliasDeclaration(one) && /^'[^']*'( \| '[^']*')+$/.test(one.type.getText())).map((one) => [one.name.text, one.type.getText()])));
const aliased = (text) => [...aliases()].reduce((written, [name, words]) => written.replace(new RegExp(`\\b${name}\\b`), words), text);

/** The tags of one kind in what is written above a piece: `@csspart show - One date.` */
const tagged = (docs, kind) => [...docs.matchAll(new RegExp(`@${kind}\\s+([\\w-]+)(?:\\s+-\\s+([^\\n@]*))?`, 'g'))]
  .map(([, name, description = '']) => ({ name, description: description.replace(/\s*\*\/\s*$/, '').trim() }));

const gathered = (own, others) => [...new Map([...others, ...own].map((one) => [one.name, one])).values()].sort((a, b) => a.name.localeCompare(b.name));

/** Methods of every element, and of Lit's. */
const everybodys = new Set(['render', 'updated', 'firstUpdated', 'willUpdate', 'connectedCallback', 'disconnectedCallback', 'attributeChangedCallback', 'shouldUpdate', 'update']);

function element({ tag, file, name }, declared, events) {
  const others = sourcesOf(file, name);
  const from = (kind) => others.flatMap(({ docs }) => tagged(docs, kind));
  const members = (declared.members ?? []).filter((one) => one.privacy !== 'private' && one.privacy !== 'protected' && !one.static && !one.name.startsWith('#') && one.description && !everybodys.has(one.name))
    .map(({ kind, name: own, description, type, default: initial, attribute, reflects, parameters, return: returns, readonly }) => (kind === 'method'
      ? { kind, name: own, description, parameters, return: returns }
      : { kind, name: own, description, type: { text: aliased(type?.text ?? (attribute ? 'string' : 'unknown')) }, default: /[.(]/.test(initial ?? '') ? undefined : initial, attribute, reflects, readonly }));
  const fields = new Map(members.filter(({ attribute }) => attribute).map((one) => [one.attribute, one]));
  return {
    kind: 'class', customElement: true, tagName: tag, name, description: declared.description, superclass: { name: 'LitElement', package: 'lit' }, members,
    attributes: [...fields.values()].map(({ attribute, name: fieldName, type, description, default: initial }) => ({ name: attribute, fieldName, type, description, default: initial })),
    events: gathered([], from('fires')).map((one) => ({ name: one.name, type: { text: `CustomEvent<${events.get(one.name)?.detail ?? 'undefined'}>` }, description: one.description || events.get(one.name)?.description || '' })),
    slots: declared.slots ?? [],
    cssParts: gathered(tagged(others[0].docs, 'csspart'), from('csspart')),
    cssProperties: gathered([], from('cssproperty')),
  };
}

/** @returns The manifest, schema 1.0.0: each public element as the module `/v1/<tag>.js` that a page may load by itself. */
export function makeManifest() {
  trees.clear();
  const tags = publicTags();
  const events = flowEvents();
  const { modules } = create({ modules: tags.map(({ file }) => treeOf(file)), plugins: litPlugin() });
  return {
    schemaVersion: '1.0.0', readme: '',
    modules: tags.map((one) => {
      const declared = modules.find(({ path: file }) => file === one.file)?.declarations.find(({ name }) => name === one.name);
      if (!declared) throw new Error(`${one.file} declares no ${one.name}.`);
      const module = `${one.tag}.js`;
      return { kind: 'javascript-module', path: module, declarations: [element(one, declared, events)], exports: [{ kind: 'custom-element-definition', name: one.tag, declaration: { name: one.name, module } }] };
    }),
  };
}
