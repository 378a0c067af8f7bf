import table from './conda-names.json' with { type: 'json' };

/**
 * Finds the PyPI distribution behind a conda package. Most have the same name.
 *
 * The table holds what differs: `distributions` of another name (and those that the rules below would take for none), and
 * `others`, in whose artifacts of conda-forge no distribution of PyPI is found. It is made of
 * https://github.com/prefix-dev/parselmouth (files/v0/conda-forge, of 2026-08-19), which looks for the metadata of distributions
 * in every artifact, and of the names on PyPI (read on 2026-11-30). Names that the rules tell are left out, and so are `others`
 * that are among the 15 000 most downloaded of PyPI: older artifacts have no metadata.
 *
 * @param name The conda name; conda compares it without case.
 * @returns The distribution's name, or undefined for what is no Python package: interpreters, compilers,
 *   libraries of C, R or Perl, programs.
 */
export function distributionOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  const renamed = DISTRIBUTIONS.get(lower);
  if (renamed !== undefined) return renamed;
  if (OTHERS.has(lower) || FAMILY_START.test(lower) || FAMILY_END.test(lower)) return undefined;
  return lower;
}

/** @returns The other names under which conda has a distribution. */
export function condaNamesOf(distribution: string): readonly string[] {
  return [...DISTRIBUTIONS].flatMap(([name, target]) =>
    target === distribution && name !== distribution ? name : [],
  );
}

/** What the artifacts do not say as people mean it. */
const RENAMED: readonly (readonly [string, string])[] = [
  ['airflow', 'apache-airflow'],
  ['antlr-python-runtime', 'antlr4-python3-runtime'],
  ['brotli-python', 'brotli'],
  ['cupy-core', 'cupy'],
  ['dask-core', 'dask'],
  ['faiss', 'faiss-cpu'],
  ['geopandas-base', 'geopandas'],
  ['keras-gpu', 'keras'],
  ['matplotlib-base', 'matplotlib'],
  ['msgpack-python', 'msgpack'],
  ['opencv', 'opencv-python'],
  ['py-lief', 'lief'],
  ['py-opencv', 'opencv-python'],
  ['py-xgboost', 'xgboost'],
  ['py-xgboost-cpu', 'xgboost'],
  ['py-xgboost-gpu', 'xgboost'],
  ['pyarrow-core', 'pyarrow'],
  ['pyg', 'torch-geometric'],
  ['pyqt', 'pyqt5'],
  ['pytables', 'tables'],
  ['python-blosc', 'blosc'],
  ['python-duckdb', 'duckdb'],
  ['python-eccodes', 'eccodes'],
  ['python-flatbuffers', 'flatbuffers'],
  ['python-graphviz', 'graphviz'],
  ['python-kaleido', 'kaleido'],
  ['python-lmdb', 'lmdb'],
  ['python-tzdata', 'tzdata'],
  ['python-xxhash', 'xxhash'],
  ['pytorch', 'torch'],
  ['pytorch-cpu', 'torch'],
  ['pytorch-gpu', 'torch'],
  ['pytorch_geometric', 'torch-geometric'],
  ['seaborn-base', 'seaborn'],
  ['tensorflow-base', 'tensorflow'],
  ['tensorflow-cpu', 'tensorflow'],
  ['tensorflow-gpu', 'tensorflow'],
  ['tensorflow-mkl', 'tensorflow'],
  ['torchaudio-cpu', 'torchaudio'],
  ['torchvision-cpu', 'torchvision'],
];

const DISTRIBUTIONS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(table.distributions),
  ...[
    'libarchive-c',
    'libconf',
    'libcst',
    'libnacl',
    'libpysal',
    'librosa',
    'libsass',
    'libtmux',
    'libusb1',
  ].map(itself),
  itself('libvirt-python'),
  ...RENAMED,
]);

function itself(name: string): readonly [string, string] {
  return [name, name];
}

/** Families of packages by the start of their names, and by the end. */
const FAMILY_START =
  /^(?:_|lib|r-|rb-|bioconductor-|perl-|ruby-|lua-|cuda-|gcc_|gxx_|gfortran_|clang_|clangxx_|compiler-|sysroot_|binutils_|m2-|m2w64-|msys2-|xorg-|xcb-|mesa-|nss-|gds-|ros-|gz-|go-|cargo-|terraform-|font-|fonts-|texlive|vs20\d\d|ucrt$)/;
const FAMILY_END = /[-_](?:64|aarch64|ppc64le|s390x|arm64)$|-(?:devel|static|dbg|headers|libs|cxx)$/;

/** With names of distributions that are something else, or that no other table has. */
const OTHERS: ReadonlySet<string> = new Set([
  ...table.others.flatMap((line) => line.split(' ')),
  ...`python python_abi pip pypy pypy3.9 conda mamba micromamba conda-build boa pixi uv-bin cudatoolkit
  cudatoolkit-dev cuda cudnn nccl cutensor pytorch-cuda pytorch-mutex cpuonly magma mkl mkl-include mkl-service
  blas openblas lapack atlas nomkl tbb intel-openmp llvm-openmp openmp openmpi mpich nodejs npm yarn pnpm deno
  bun git git-lfs gh curl wget make cmake ninja pkg-config pkgconfig autoconf automake compilers c-compiler
  cxx-compiler fortran-compiler gcc gxx gfortran clang clangxx clang-tools llvm llvmdev lld ccache binutils
  bison flex m4 patch patchelf swig doxygen bash zsh fish coreutils sed gawk grep tar zip unzip p7zip rsync
  openssh tmux vim nano parallel pv jq tree htop go rust rust-src julia r r-base perl ruby lua openjdk java-jdk
  maven gradle sbt scala dotnet ghc php openssl ca-certificates certifi-bin zlib bzip2 xz zstd lz4-c snappy
  blosc c-blosc2 sqlite postgresql mysql mariadb mongodb redis-server rabbitmq-server nginx hdf5 netcdf4-c geos
  proj proj4 udunits2 hdf4 cfitsio eccodes fftw gsl glpk coin-or-cbc coincbc ipopt scip boost boost-cpp eigen
  ffmpeg x264 x265 imagemagick graphviz pandoc tectonic poppler ghostscript tesseract leptonica cairo pango glib
  gtk2 gtk3 gtk4 qt qt-main qt6-main tk ncurses readline expat icu freetype fontconfig harfbuzz jpeg giflib
  openjpeg opencl ocl-icd vtk-base mesalib glew glfw sdl2 portaudio sox flac lame zeromq grpc-cpp arrow-cpp
  thrift-cpp rocksdb leveldb gperftools jemalloc tzdata nltk_data google-cloud-sdk awscli-bin terraform
  kubernetes-client helm docker-cli firefox geckodriver chromium chromedriver phantomjs gdb valgrind samtools
  bcftools htslib bedtools bwa bowtie bowtie2 star hisat2 blast fastqc trimmomatic sra-tools salmon kallisto
  muscle mafft hmmer minimap2 seqtk picard gatk4 snakemake-bin nextflow singularity apptainer xxhash graph-tool
  freeglut tini`.split(/\s+/),
]);
