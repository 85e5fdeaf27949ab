import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import ts from 'typescript-eslint';
import { impure, pureCore } from './house.mjs';

const tests = ['**/*.test.ts', 'server/core/test-*.ts', 'e2e/**/*.ts'];
const pages = ['widgets/**/*.ts', 'app/**/*.ts', 'stories/**/*.ts'];
const browser = ['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'customElements'];
const world = ['fetch', 'process', 'console', 'crypto', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Worker', 'globalThis'];
const sqlClock = { selector: 'TemplateElement[value.raw=/\\b(now\\(\\)|current_(date|timestamp))/i]', message: 'SQL has no clock: pass `ctx.now()`.' };
const noNow = 'Take `now: Date` as a parameter.';
const pureRules = {
  'no-restricted-globals': ['error', ...browser, ...world],
  'no-restricted-syntax': ['error', sqlClock,
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: noNow },
    { selector: "CallExpression[callee.name='Date']", message: noNow },
    { selector: "MemberExpression[object.name='Date'][property.name='now']", message: noNow },
    { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Take `rng` as a parameter.' },
    { selector: ':matches(AwaitExpression, :function[async=true], ForOfStatement[await=true])', message: 'Pure files are synchronous.' },
    { selector: 'ImportExpression', message: 'Pure files import at the top.' }],
};

export default ts.config(
  { ignores: ['node_modules', 'dist', '.data', '.cache', 'storybook-static', 'server/core/db', '**/*.config.*', '**/*.{js,mjs,cjs}'] },
  ...ts.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      // Where to look, not walls.
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['warn', 10],
      'max-params': ['warn', 3],
      // Walls.
      'no-warning-comments': ['error', { terms: ['fixme', 'xxx', 'todo'] }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // An interface of the DOM is widened by declaring it again.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  { files: ['server/**/*.ts', 'prisma/**/*.ts'], rules: { 'no-restricted-globals': ['error', ...browser], 'no-restricted-syntax': ['error', sqlClock] } },
  { files: ['server/*/**/*.ts'], ignores: ['server/{core,adapters,api}/**', `server/*/{${impure}}.ts`, ...tests], rules: pureRules },
  { files: [`server/core/{${pureCore}}.ts`], rules: pureRules },
  { files: pages, ...lit.configs['flat/recommended'] },
  { files: pages, ...wc.configs['flat/best-practice'] },
  { files: pages, plugins: { 'lit-a11y': litA11y }, rules: litA11y.configs.recommended.rules },
  {
    files: [...tests, 'stories/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
