import tseslint from 'typescript-eslint';

// Hot folders index typed arrays all the time; the compiler cannot know that an index is in range.
const INDEXED_READS = [
  'src/{engine,base,measure,model,run,random,compile}/**/*.ts',
  'tests/**/*.ts',
  'bench/**/*.ts',
];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'reports/', 'vendor/', 'bin/', 'eslint.config.js'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  { files: INDEXED_READS, rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
);
