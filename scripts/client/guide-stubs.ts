/** The parts of packages that the code of guides uses, where a package is too large to install for that. */

/** By the name that is imported: its declarations, and its code if it runs. */
export type Stubs = Readonly<Record<string, { readonly types: string; readonly code?: string }>>;

/** Next.js. The tests set the cookies of the request (`globalThis.cookies`), and read the tags (`globalThis.tags`). */
export const nextStubs: Stubs = {
  'next/headers': {
    types: `export function cookies(): Promise<{ get(name: string): { readonly value: string } | undefined }>;
      declare global { interface RequestInit { next?: { tags?: string[]; revalidate?: number } } }`,
    code: 'export const cookies = async () => ({ get: (name) => globalThis.cookies[name] && { value: globalThis.cookies[name] } });',
  },
  'next/cache': {
    types: 'export function updateTag(tag: string): void;',
    code: 'export const updateTag = (tag) => globalThis.tags.push(tag);',
  },
  'next/navigation': {
    types: 'export function notFound(): never;',
    code: "export function notFound() { throw new Error('not found'); }",
  },
};

/** React Native and Expo. */
export const nativeStubs: Stubs = {
  'expo-secure-store': {
    types: `export function getItemAsync(key: string): Promise<string | null>;
      export function setItemAsync(key: string, value: string): Promise<void>;
      export function deleteItemAsync(key: string): Promise<void>;`,
  },
  '@react-native-community/netinfo': {
    types: `declare const NetInfo: { addEventListener(listen: (state: { isConnected: boolean | null }) => void): () => void };
      export default NetInfo;`,
  },
  'react-native': {
    types: `import type { JSX, ReactNode } from 'react';
      export const AppState: { addEventListener(type: 'change', listen: (state: string) => void): { remove(): void } };
      export function Text(props: { accessibilityRole?: 'alert'; children: ReactNode }): JSX.Element;
      export function FlatList<Item>(props: {
        data: readonly Item[];
        keyExtractor: (item: Item) => string;
        renderItem: (row: { item: Item }) => JSX.Element;
        onEndReached: () => void;
      }): JSX.Element;`,
  },
};
