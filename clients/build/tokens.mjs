import { suomifiDesignTokens } from 'suomifi-design-tokens';

const virtualId = 'virtual:tokens.css';

/** @param {string} name */
const kebab = (name) => name.replace(/([a-z])([A-Z0-9])/g, '$1-$2').toLowerCase();

/** Suomi.fi design tokens as CSS variables: `--color-brand-base`, `--space-m`, `--shadow-panel-shadow`. */
export function tokensCss() {
  const { colors, spacing, shadows } = suomifiDesignTokens;
  const lines = [
    ...variables('color', colors),
    ...variables('space', spacing),
    ...variables('shadow', shadows),
  ];
  return `:root {\n${lines.join('\n')}\n}\n`;
}

/** @param {string} prefix @param {object} values */
function variables(prefix, values) {
  return Object.entries(values).map(([name, value]) => `  --${prefix}-${kebab(name)}: ${String(value)};`);
}

/** Vite plugin: `import 'virtual:tokens.css'`. @returns {import('vite').Plugin} */
export function tokensPlugin() {
  return {
    name: 'suomifi-tokens',
    resolveId: (id) => (id === virtualId ? `\0${virtualId}` : undefined),
    load: (id) => (id === `\0${virtualId}` ? tokensCss() : undefined),
  };
}
