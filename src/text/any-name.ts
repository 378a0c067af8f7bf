/**
 * Tells by its name which files are left out when lists are looked for whose names say nothing: what is no text, what tools
 * write, programs, and what people write for people. A manifest that takes lines from such a file is told of.
 *
 * @param path Relative to the repository's root, with `/`.
 */
export function mayHoldAnything(path: string): boolean {
  return !NO_LIST.test(path) && !PROGRAM.test(path) && !PROSE.test(path);
}

/** After https://github.com/sindresorhus/binary-extensions (2026-11), with lockfiles and what else programs write. */
const NO_LIST =
  /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|svg|psd|pdf|woff2?|ttf|otf|eot|mp[34]|m4[av]|wav|ogg|flac|webm|mov|avi|zip|gz|tgz|bz2|xz|zst|7z|rar|tar|jar|war|whl|egg|so|dll|dylib|exe|bin|wasm|pyc|class|o|a|pkl|pickle|npy|npz|parquet|h5|onnx|pt|sqlite3?|db|docx?|xlsx?|pptx?|lock|map|snap|geojson|csv|tsv|po|pot|mo|css|scss|less)$/i;

/** Programs of other languages, after https://github.com/github-linguist/linguist/blob/main/lib/linguist/languages.yml (2026-11). */
const PROGRAM =
  /\.(?:sh|bash|zsh|fish|ps1|bat|cmd|rb|go|rs|java|kts?|scala|groovy|c|h|cc|cpp|cxx|hh|hpp|hxx|m|mm|cs|fs|vb|php|swift|dart|lua|pl|pm|r|jl|hs|erl|exs?|eex|clj|cljs|elm|ml|mli|nim|zig|sql|proto|graphql|gql|tf|hcl|sol|vhdl?|sv|asm|s|cu|cuh|f90|pas|coffee|erb|haml|pug|hbs|twig|j2|jinja2?|xml|xsd|xsl)$/i;

/** After https://github.com/github-linguist/linguist/blob/main/lib/linguist/documentation.yml (2026-11). */
const PROSE =
  /(?:^|\/)(?:readme|changes|changelog|contributing|copying|install|licen[cs]e|notice|security|code_of_conduct)(?:\.(?:md|rst|adoc))?$|(?:^|\/)docs?\/(?:[^/]+\/)*[^/]+\.(?:md|rst|adoc)$/i;
