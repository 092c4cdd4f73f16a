/**
 * The switch between the system's colours, light and dark.
 *
 * @module
 */

import "./color_scheme_switch.css";
import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useId } from "react";
import { Icon, type IconName } from "./icon.tsx";

const CHOICES: readonly {
  readonly scheme: MantineColorScheme;
  readonly label: string;
  readonly icon: IconName;
}[] = [
  { scheme: "auto", label: "Colours of the system", icon: "system" },
  { scheme: "light", label: "Light", icon: "sun" },
  { scheme: "dark", label: "Dark", icon: "moon" },
];

/** Three radio buttons; the choice is remembered on this device. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = useId();
  return (
    <fieldset className="pt-scheme">
      <legend className="pt-hidden">Appearance</legend>
      {CHOICES.map(({ scheme, label, icon }) => (
        <label key={scheme} className="pt-scheme-choice" title={label}>
          <input
            type="radio"
            name={name}
            checked={colorScheme === scheme}
            onChange={() => setColorScheme(scheme)}
          />
          <span className="pt-hidden">{label}</span>
          <Icon name={icon} size={16} />
        </label>
      ))}
    </fieldset>
  );
}
