// Package supervise says, from a ledger, its supervision record and its history, where
// each supervised task stands on a day: what happened to it, which notice is due, what
// it costs its unit, and what changed without anybody's leave.
//
// Everything here is a pure function of three things, so that what it said on any
// earlier day can be said again (see syncer.Options.At): a [ledger.Ledger], which
// already knows what the entries of the record mean for its tasks (review, extension,
// several leads); [Facts], what the history tells beyond it; [Rules], the settings.
//
//	Life       a task's life as a line: 交办 3-01 · 签收 3-03 · 报完成 6-20 · 退回 6-22 · 销号 6-30
//	Steps      the notices of the ladder (提醒, 催办, 督办单) that are due, each once for a due date
//	Feedback   the periods in which a unit owed a report, and whether it came
//	Score      the appraisal, every point with the entry or revision that it comes from
//	Quiet      changes that nobody approved
//	PaceOf     whether a task is ahead of its time or behind
//	SourceOf   who ordered a task: 批示, 会议, 年度, 专项
//
// [From] gathers the facts of an open ledger.
package supervise
