/**
 * The sheet of keys, behind `?`.
 *
 * @module
 */

import { Dialog } from "../parts/dialog.tsx";
import { KeyCaps } from "./key_caps.tsx";
import { type KeyBinding, useBoundKeys } from "./use_keys.ts";

/** Shows every key that does something where one is now. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const groups = Map.groupBy(withoutDoubles(useBoundKeys()), (binding) => binding.group);
  return (
    <Dialog title="Keys" onClose={onClose} width="wide">
      <div className="co-help">
        {[...groups].map(([group, bindings]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {bindings.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>
                    <KeyCaps keys={keys} />
                  </dt>
                  <dd>{label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function withoutDoubles(bindings: readonly KeyBinding[]): readonly KeyBinding[] {
  return [...new Map(bindings.map((binding) => [binding.keys, binding])).values()];
}
