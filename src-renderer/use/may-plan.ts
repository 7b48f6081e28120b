import { computed } from 'vue';
import { useStatus } from '../stores/status.ts';

/**
 * Whether this laptop plans programmes and templates: a trainer's looks at them. It keeps a screen clear and stops nobody:
 * the role is whatever its owner chose in the settings, and what comes in a file is judged by its signature alone.
 */
export function useMayPlan() {
  const status = useStatus();
  return computed(() => (status.status?.laptop.role ?? 'trainer') !== 'trainer');
}
