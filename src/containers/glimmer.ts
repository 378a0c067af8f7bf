import { templateTags, type TemplateTag } from '../languages/javascript/lexer.ts';
import type { Contained, SynchronousContainer, Segment } from '../model/language.ts';
import { segment } from './script.ts';

/** Ember's components in JavaScript (https://guides.emberjs.com/release/components/template-tag-format/). */
export const gjs: SynchronousContainer = { id: 'gjs', contents: (text) => contentsOf(text, 'js') };

/** The same in TypeScript. */
export const gts: SynchronousContainer = { id: 'gts', contents: (text) => contentsOf(text, 'ts') };

/** A template may stand for an expression, a statement or a member of a class, and so may a name. */
const STAND_IN = '_';

function contentsOf(text: string, dialect: string): Contained {
  const tags = templateTags(text);
  const endless = tags.find(({ isClosed }) => !isClosed);
  return {
    segments: [...program(text, tags, dialect), ...tags.flatMap((tag) => comparison(text, tag, dialect))],
    broken: endless === undefined ? null : { message: 'the template has no end tag', offset: endless.start },
  };
}

/** @returns The text with names in place of its templates; none where it has nothing else. */
function program(text: string, tags: readonly TemplateTag[], dialect: string): readonly Segment[] {
  const pieces = [...tags, { start: text.length, end: text.length }].map(({ start }, index) =>
    text.slice(tags[index - 1]?.end ?? 0, start),
  );
  if (pieces.every((piece) => piece.trim() === '')) return [];
  const templates = tags.map(({ start, end }) => STAND_IN + blank(text.slice(start + STAND_IN.length, end)));
  return segment(pieces.map((piece, index) => piece + (templates[index] ?? '')).join(''), 0, dialect);
}

/** Keeps the lines, so that all that follows stands where it stood. */
function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, ' ');
}

/** Behind an operand, what looks like a template may be code between two comparisons: what it would import is found. */
function comparison(
  text: string,
  { start, end, mayCompare }: TemplateTag,
  dialect: string,
): readonly Segment[] {
  const content = text.slice(start, end);
  if (!mayCompare || !/\b(?:import|require)\b/.test(content)) return [];
  const inner = content.replace(/^<template>/, '').replace(/<\/template>$/, '');
  return segment(inner, start + '<template>'.length, dialect).map((each) => ({ ...each, template: true }));
}
