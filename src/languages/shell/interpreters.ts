/**
 * Matches the words of a `#!` line that has its file read as commands, by the shells that share a grammar with POSIX's sh
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html). That of fish is another one.
 */
export const interpreter = /(?:^|[\s/!=]|-\w*S)(?:ba|da|z|k|mk|pdk|a)?sh[\d.]*(?:\.exe)?(?=\s|$)/;
