/** What compilers make of a file of another language: https://protobuf.dev/reference/python/python-generated/, grpclib's plugin. */
const SUFFIXES = ['_pb2', '_pb2_grpc', '_grpc'] as const;

/** @returns The names of the modules that are generated from a file, by its own name; none for most. */
export function generatedNames(name: string): readonly string[] {
  if (!name.endsWith('.proto')) return [];
  const stem = name.slice(0, -'.proto'.length).replaceAll(/[-.]/g, '_');
  return SUFFIXES.map((suffix) => stem + suffix);
}

/** @returns Whether a module's name is one that only a compiler gives. */
export function isGeneratedName(name: string): boolean {
  return /_pb2(?:_grpc)?$/.test(name);
}
