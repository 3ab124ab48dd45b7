import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Imports point one way: entries -> application -> { http, domain } -> { contract, storage, auth } -> openapi -> lib.
 * Each block names the folders of src/ that its own files must not import.
 *
 * @param {string[]} files
 * @param {{ packages?: string[], folders?: string[], patterns?: object[], except?: string[], because: string }} limit
 */
function doesNotImport(files, { packages = [], folders = [], patterns = [], except = [], because }) {
  const upward = [...folders, 'entries', 'application\\.ts'].join('|');
  const named = packages.length === 0 ? [] : [{ regex: `^(${packages.join('|')})(/|$)`, message: because }];
  const all = [...named, { regex: `^(\\.\\./)+(${upward})(/|$)`, message: because }, ...patterns];
  return {
    files,
    // A test may combine what the code keeps apart.
    ignores: ['**/*.test.ts', ...except],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: all }] },
  };
}

/** The import of another domain's file, other than its model. `up` leads from the importing file to src/domain/. */
const anotherDomain = (up) => ({
  regex: `^${up.replaceAll('.', '\\.')}(?!shared/)[\\w-]+/(?!model\\.ts$)`,
  message: 'A domain may import the model.ts of another domain, and nothing else of it.',
});

const pure = ['src/domain/*/{access,actions,model,requirements,rules,view}.ts', 'src/domain/shared/*.ts'];
const aws = ['@aws-sdk', '@smithy'];
const web = ['express', 'express-openapi-validator', 'node:http', 'node:https'];

export default defineConfig(
  globalIgnores([
    '**/generated/**',
    'build/',
    'coverage/',
    '.local/',
    'client/dist/',
    'client/mcp/dist/',
    '**/.terraform/',
    // They belong to the code of the guides: scripts/client/guides.ts compiles and runs both.
    'test/guides/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Write a union of literals instead of an enum.' },
      ],

      'no-restricted-properties': [
        'error',
        { object: 'URL', property: 'canParse', message: 'Call parseUrl of src/lib/parse-url.ts, which says why.' },
      ],

      // What was caught is thrown on as it came.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      // `() => {}` says that nothing is to be done.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      // Objects come from factories here: their functions close over what they need and know no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // `{ [status: string]: … }` says what the key is.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // An alias is a name, an interface is open: both are used here, each where it reads better.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // `headers['Location']` says that the name is data.
      '@typescript-eslint/dot-notation': 'off',
      // Where `!` is forbidden, `found as Operation` says what a lookup is known to return.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // An empty string from the environment or from a split is absent as well: `||` is right there.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // Handlers and middleware are async by their type, with or without something to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowNumber: true,
          allowBoolean: true,
          allow: [
            { from: 'package', package: 'node:url', name: ['URL', 'URLSearchParams'] },
            { from: 'lib', name: ['URL', 'URLSearchParams'] },
          ],
        },
      ],
    },
  },

  // The server narrows types by checks, and asserts only what the compiler cannot know.
  {
    files: ['src/**/*.ts'],
    rules: { '@typescript-eslint/non-nullable-type-assertion-style': 'error' },
  },
  doesNotImport(pure, {
    packages: [...aws, ...web],
    folders: ['http', 'auth', 'storage'],
    patterns: [anotherDomain('../')],
    because: 'Rules and models know neither HTTP nor the database.',
  }),
  ...[
    ['src/domain/*/*.ts', '../'],
    ['src/domain/*/*/*.ts', '../../'],
  ].map(([files, up]) =>
    doesNotImport([files], {
      packages: [...aws, ...web],
      folders: ['http', 'auth'],
      patterns: [anotherDomain(up)],
      except: pure,
      because: 'A domain knows the contract and its repository, not the web application around it.',
    }),
  ),
  doesNotImport(['src/contract/**/*.ts'], {
    packages: aws,
    folders: ['http', 'domain', 'storage'],
    because: 'The binding to the contract does not know the code that implements it.',
  }),
  doesNotImport(['src/storage/**/*.ts'], {
    packages: web.filter((name) => !name.startsWith('node:')),
    folders: ['http', 'domain', 'auth', 'contract', 'openapi'],
    because: 'Storage knows neither resources nor callers.',
  }),
  doesNotImport(['src/auth/**/*.ts'], {
    packages: [...aws, 'express'],
    folders: ['http', 'domain', 'contract', 'openapi', 'storage'],
    because: 'Authentication does not depend on what is requested.',
  }),
  doesNotImport(['src/http/**/*.ts'], {
    packages: aws,
    folders: ['domain'],
    because: 'The HTTP layer receives its operations; it does not import them.',
  }),
  doesNotImport(['src/openapi/**/*.ts'], {
    packages: [...aws, ...web],
    folders: ['http', 'domain', 'auth', 'storage', 'contract'],
    because: 'The OpenAPI reader works for any document.',
  }),
  doesNotImport(['src/lib/**/*.ts'], {
    packages: [...aws, ...web],
    folders: ['http', 'domain', 'auth', 'storage', 'contract', 'openapi'],
    because: 'Helpers depend on nothing above them.',
  }),
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '/(scripts|test)/', message: 'The server must not import scripts or tests.' }] },
      ],
    },
  },
  {
    files: ['test/conformance/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '/src/', message: 'The checker shares no code with the server.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/support/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/src/(application\\.ts$|entries/)',
              message: 'Start it with test/support/: only then are its exchanges checked against the contract.',
            },
          ],
        },
      ],
    },
  },
  // A script talks to the person who runs it.
  { files: ['scripts/**/*.ts', 'test/**/report.ts', 'client/mcp/src/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      // The assertions check bodies of responses and mocks.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // `jest.requireActual<typeof import('…')>` is how a mock gets the types of the original.
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
    },
  },
);
