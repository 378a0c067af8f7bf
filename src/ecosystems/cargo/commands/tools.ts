import { optionTable, type Options, type ToolAction } from '../../shared/tool-calls.ts';

/** A program that installs crates, or writes them into a manifest. */
export interface CargoTool {
  readonly names: RegExp;
  readonly options: Options;
  readonly actions: readonly ToolAction[];
  /** Its option `--config` has settings, as those of files are. */
  readonly takesSettings?: true;
}

/** https://doc.rust-lang.org/cargo/commands/ (Cargo 1.95, read on 2026-11-30), with options of cargo-binstall 1.16. */
const CARGO = optionTable({
  index: '--registry --index',
  repository: '--git',
  value:
    '-F -p -j -Z -C --features --manifest-path --package --lockfile-path --path --base --branch --tag --rev --target ' +
    '--rename --version --vers --root --bin --example --target-dir --profile --jobs --message-format --config --color ' +
    '--explain --timings --install-path --targets --strategies --disable-strategies --rate-limit --pkg-url --pkg-fmt ' +
    '--bin-dir --maximum-resolution-timeout --github-token --log-level --min-tls-version --root-certificates ' +
    '--settings --telemetry',
});

/** https://rust-script.org (rust-script 0.36, read on 2026-11-30): its dependencies are `name` or `name=version`. */
const RUST_SCRIPT = optionTable({
  package: '-d --dep',
  value: '-x -u --extern --unstable-feature -b --base-path --pkg-path --cargo-output --toolchain',
});

/** Programs by their names: what their words mean. */
export const cargoTools: readonly CargoTool[] = [
  {
    // cross hands on to Cargo whatever it does not do itself (https://github.com/cross-rs/cross).
    names: /^(?:cargo|cross)$/,
    options: CARGO,
    takesSettings: true,
    actions: ['add', 'install', 'binstall', 'quickinstall'].map((word) => ({
      words: [word],
      takes: 'packages',
    })),
  },
  { names: /^cargo-binstall$/, options: CARGO, actions: [{ words: [], takes: 'packages' }] },
  { names: /^rust-script$/, options: RUST_SCRIPT, actions: [{ words: [], takes: 'program' }] },
];
