/** How the sources are linted. Layout is nobody's rule here: only what can be wrong. */
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What stands directly in src/ and puts everything together; nothing below knows it. */
const entries = ['application', 'handlers', 'lambda', 'lambda-begin', 'lambda-handler', 'main', 'server'];

/**
 * Dependencies point one way: entries -> app -> handlers -> rules -> storage. Each folder names what it must not know.
 *
 * @param {string[]} files
 * @param {{ packages?: string[], folders?: string[], siblings?: string[], except?: string[], because: string }} limit
 */
function doesNotImport(files, { packages = [], folders = [], siblings = [], except = [], because }) {
  const above = [{ regex: `^(\\.\\./)+(${[...folders, ...entries].join('|')})(/|\\.ts$)`, message: because }];
  const beside = siblings.length === 0 ? [] : [{ regex: `^\\./(${siblings.join('|')})\\.ts$`, message: because }];
  const named = packages.length === 0 ? [] : [{ regex: `^(${packages.join('|')})(/|$)`, message: because }];
  return {
    files,
    // A test may put together what the code keeps apart.
    ignores: ['**/*.test.ts', ...except],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [...named, ...above, ...beside] }] },
  };
}

const aws = ['@aws-sdk', '@smithy'];
const web = ['express', 'express-openapi-validator', 'node:http', 'node:https'];

export default defineConfig(
  globalIgnores(['**/generated/**', 'build/', 'coverage/', '.local/', 'client/dist/', '**/.terraform/']),
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
      // `record as EventRecord` after a check that the compiler cannot follow says more than `record!`.
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

  doesNotImport(['src/domain/events/{rules,event,instants,cursor}.ts'], {
    packages: [...aws, ...web],
    folders: ['app', 'http', 'auth', 'storage'],
    siblings: ['change', 'creation', 'expressions', 'list', 'list-query', 'listing', 'services', 'store'],
    because: 'Rules know neither HTTP nor the database.',
  }),
  doesNotImport(['src/{events,health}/**/*.ts'], {
    packages: web,
    folders: ['app', 'http'],
    except: ['src/domain/events/{rules,event,instants,cursor}.ts'],
    because: 'Handlers know the contract and their store, not the web application around them.',
  }),
  doesNotImport(['src/contract/**/*.ts'], {
    packages: aws,
    folders: ['app', 'events', 'health', 'http', 'storage'],
    because: 'What follows from the contract knows nothing of the code that keeps it.',
  }),
  doesNotImport(['src/storage/**/*.ts'], {
    packages: web.filter((name) => !name.startsWith('node:')),
    folders: ['app', 'auth', 'contract', 'events', 'health', 'http'],
    because: 'Storage knows no resource and no caller.',
  }),
  doesNotImport(['src/auth/**/*.ts'], {
    packages: [...aws, 'express'],
    folders: ['app', 'contract', 'events', 'health', 'http', 'storage'],
    because: 'Who calls is found out without knowing what is asked for.',
  }),
  doesNotImport(['src/{app,http}/**/*.ts'], {
    packages: aws,
    folders: ['events', 'health'],
    because: 'The application is handed its handlers; it does not know them.',
  }),
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '/(scripts|test)/', message: 'The server stands without its scripts and tests.' }] },
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
              regex: '/src/(application|lambda|main|server)\\.ts$',
              message: 'Start it with test/support/: only then are its exchanges held against the contract.',
            },
          ],
        },
      ],
    },
  },
  // A script talks to the person who runs it.
  { files: ['scripts/**/*.ts', 'test/**/report.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      // A body read from an answer, or a mock, is what the assertion says that it is.
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
