/**
 * Finds the PyPI distribution behind a conda package. Most have the same name; the table holds well-known
 * ones that differ, after the recipes of https://github.com/conda-forge/feedstocks.
 *
 * @param name The conda name; conda compares it without case.
 * @returns The distribution's name, or undefined for what is no Python package: interpreters, compilers,
 *   libraries of C, R or Perl, programs.
 */
export function distributionOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  const renamed = RENAMED.get(lower);
  if (renamed !== undefined) return renamed;
  if (NOT_PYTHON.has(lower) || NOT_PYTHON_PREFIX.test(lower)) return undefined;
  if (lower.startsWith('lib') && !PYTHON_LIB.has(lower)) return undefined;
  return lower;
}

/** @returns The other names under which conda has a distribution. */
export function condaNamesOf(distribution: string): readonly string[] {
  return [...RENAMED].flatMap(([name, target]) => (target === distribution ? name : []));
}

const RENAMED: ReadonlyMap<string, string> = new Map([
  ['airflow', 'apache-airflow'],
  ['antlr-python-runtime', 'antlr4-python3-runtime'],
  ['brotli-python', 'brotli'],
  ['cupy-core', 'cupy'],
  ['dask-core', 'dask'],
  ['faiss', 'faiss-cpu'],
  ['geopandas-base', 'geopandas'],
  ['jupyterhub-base', 'jupyterhub'],
  ['jupyterhub-singleuser', 'jupyterhub'],
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
  ['python-build', 'build'],
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
]);

/** Families of packages by the start of their names. */
const NOT_PYTHON_PREFIX =
  /^(?:_|r-|bioconductor-|perl-|ruby-|lua-|cuda-|gcc_|gxx_|gfortran_|clang_|clangxx_|sysroot_|binutils_|m2-|m2w64-|msys2-|xorg-|font-|fonts-|texlive|vs20\d\d|ucrt$)/;

/** Python distributions whose names begin like those of C libraries. */
const PYTHON_LIB = new Set([
  'libarchive-c',
  'libconf',
  'libcst',
  'libnacl',
  'libpysal',
  'librosa',
  'libsass',
  'libtmux',
  'libusb1',
  'libvirt-python',
]);

const NOT_PYTHON = new Set(
  `python python_abi pip pypy pypy3.9 conda mamba micromamba libmamba conda-build boa pixi uv-bin
  cudatoolkit cudatoolkit-dev cuda cudnn nccl cutensor pytorch-cuda pytorch-mutex cpuonly magma mkl mkl-include
  mkl-devel mkl-service blas openblas lapack atlas nomkl tbb tbb-devel intel-openmp llvm-openmp openmp openmpi mpich
  nodejs npm yarn pnpm deno bun git git-lfs gh curl wget make cmake ninja pkg-config pkgconfig autoconf automake
  compilers c-compiler cxx-compiler fortran-compiler gcc gxx gfortran clang clangxx clang-tools llvm llvmdev lld ccache
  binutils bison flex m4 patch patchelf swig doxygen bash zsh fish coreutils sed gawk grep tar zip unzip p7zip rsync
  openssh tmux vim nano parallel pv jq tree htop go rust rust-src julia r r-base perl ruby lua openjdk java-jdk maven
  gradle sbt scala dotnet ghc php openssl ca-certificates certifi-bin zlib bzip2 xz zstd lz4-c snappy blosc c-blosc2
  sqlite postgresql mysql mariadb mongodb redis-server rabbitmq-server nginx hdf5 netcdf4-c libnetcdf
  geos proj proj4 udunits2 hdf4 cfitsio eccodes fftw gsl glpk coin-or-cbc coincbc ipopt scip boost boost-cpp eigen
  ffmpeg x264 x265 imagemagick graphviz pandoc tectonic poppler ghostscript tesseract leptonica cairo pango glib
  gtk2 gtk3 gtk4 qt qt-main qt6-main tk ncurses readline expat icu freetype fontconfig harfbuzz jpeg giflib
  openjpeg opencl ocl-icd vtk-base mesalib glew glfw sdl2 portaudio sox flac lame zeromq grpc-cpp arrow-cpp
  libprotobuf thrift-cpp rocksdb leveldb gperftools jemalloc tzdata nltk_data google-cloud-sdk awscli-bin terraform
  kubernetes-client helm docker-cli firefox geckodriver chromium chromedriver phantomjs gdb valgrind samtools bcftools
  htslib bedtools bwa bowtie bowtie2 star hisat2 blast fastqc trimmomatic sra-tools salmon kallisto muscle mafft
  hmmer minimap2 seqtk picard gatk4 snakemake-bin nextflow singularity apptainer xxhash graph-tool freeglut
  unixodbc gtest gmock su-exec tini dumb-init conda-forge-ci-setup conda-forge-pinning scipy-tests numpy-tests`
    .split(/\s+/)
    .filter((name) => name !== ''),
);
