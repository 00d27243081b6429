"use strict";
// When a question is asked: the same data, and the same verdicts, as conditions.py.

const COMPARE = {
  "=": (answer, value) => answer === value,
  "!=": (answer, value) => answer !== value,
  "<": (answer, value) => answer < value,
  "<=": (answer, value) => answer <= value,
  ">": (answer, value) => answer > value,
  ">=": (answer, value) => answer >= value,
};

function chosen(answer) {
  if (answer === undefined || answer === null) return [];
  if (typeof answer === "object") return answer.code ? [answer.code] : answer;
  return [answer];
}

function isAnswer(answer) {
  return answer !== undefined && answer !== null && answer !== "" && answer.length !== 0;
}

function holds(condition, answers) {
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  if (condition.not) return !holds(condition.not, answers);
  const answer = answers[condition.question];
  const among = (codes) => chosen(answer).some((code) => codes.includes(code));
  if (condition.any_of) return among(condition.any_of);
  if (condition.none_of) return isAnswer(answer) && !among(condition.none_of);
  if (condition.answered) return isAnswer(answer);
  return typeof answer === "number" && COMPARE[condition.is](answer, condition.value);
}
