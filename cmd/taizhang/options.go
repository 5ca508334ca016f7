package main

import (
	"maps"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"taizhang/config"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/syncer"
	"taizhang/tui"
)

// words are the right names in settings that belong to the ledger and the dashboard.
func words() config.Words {
	fields := map[string][]string{}
	for _, s := range ledger.Schemas(ledger.Options{}) {
		for _, f := range s.Fields {
			if f.Name != "" {
				fields[s.Kind] = append(fields[s.Kind], f.Name)
			}
		}
		fields[s.Kind] = append(fields[s.Kind], ledger.Unmeant)
	}
	return config.Words{Fields: fields, Statuses: statusNames(), Actions: tui.ActionIDs(), Registers: checkRegisters}
}

// checkRegisters says what is wrong with the registers of the settings.
func checkRegisters(n *yaml.Node) (out []config.Error) {
	_, mistakes := ledger.ReadRegisters(n, ledger.Registers())
	wants := map[ledger.DefFault]config.WantKind{
		ledger.WantText: config.WantText, ledger.WantList: config.WantList, ledger.WantMap: config.WantMap,
		ledger.WantItems: config.WantItems, ledger.WantBool: config.WantBool,
		ledger.WantTerm: config.WantTerm, ledger.WantOneOf: config.WantChoice, ledger.WantFilled: config.WantFilled,
		ledger.WantKind: config.WantName,
	}
	for _, m := range mistakes {
		e := config.Error{Class: config.ErrValue, Line: m.Line, Key: m.Key, Value: m.Value}
		switch m.Wrong {
		case ledger.UnknownKey:
			e.Class = config.ErrUnknownKey
			parent, name := "", m.Key
			if i := strings.LastIndexByte(m.Key, '.'); i >= 0 {
				parent, name = m.Key[:i+1], m.Key[i+1:]
			}
			if near := config.Nearest(name, m.Right); near != "" {
				e.Nearest = parent + near
			} else {
				e.Want = config.Want{Kind: config.WantChoice, Choices: m.Right}
			}
		case ledger.KeyTwice:
			e.Class = config.ErrTwice
		default:
			e.Want = config.Want{Kind: wants[m.Wrong], Choices: m.Right}
			e.Nearest = config.Nearest(m.Value, m.Right)
		}
		out = append(out, e)
	}
	return out
}

func statusNames() []string {
	return []string{string(ledger.NotStarted), string(ledger.InProgress), string(ledger.Done), string(ledger.Ongoing)}
}

// ledgerOptions are the settings as the ledger takes them.
func (a *app) ledgerOptions() ledger.Options {
	s := a.settings
	opt := ledger.Options{
		Today:       a.today(),
		Year:        s.Year,
		DueSoonDays: s.DueSoonDays,
		StaleDays:   s.StaleDays,
		Headings:    s.Headings,
		Hidden:      s.HiddenSheets,
		Units:       units(s),
		Office:      s.Office,
		Supervision: ledger.Supervision{On: s.Supervision.On, Review: s.Supervision.Review, Sheet: s.Supervision.Sheet,
			Handler: s.Author},
	}
	for kind, list := range s.StatusWords {
		if opt.StatusWords == nil {
			opt.StatusWords = map[ledger.StatusKind][]string{}
		}
		opt.StatusWords[ledger.StatusKind(kind)] = list
	}
	for _, r := range s.Requirements {
		opt.Rules = append(opt.Rules, ledger.RequirementRule{
			Kind: r.Kind, Name: r.Name, Words: r.Words, Min: r.Min, ByUnit: r.PerUnit, Units: r.Units, Due: r.Due,
			Needs: r.Needs,
		})
	}
	if s.Registers != nil {
		// its mistakes were told when it was read
		opt.Registers, _ = ledger.ReadRegisters(s.Registers, ledger.Registers())
	}
	for _, h := range s.Holidays {
		if day, err := time.Parse(time.DateOnly, h.Date); err == nil {
			opt.Holidays = append(opt.Holidays, due.Holiday{Date: day, Name: h.Name, Off: h.Off})
		}
	}
	return opt
}

// units joins the two ways to say who belongs to a collective: groups of a
// unit, and members of a collective, which need no entry of their own.
func units(s *config.Settings) []ledger.Unit {
	var out []ledger.Unit
	for _, u := range s.Units {
		out = append(out, ledger.Unit{Name: u.Name, Aliases: u.Aliases, Groups: slices.Clone(u.Groups),
			Contact: u.Contact, Phone: u.Phone})
	}
	for _, group := range slices.Sorted(maps.Keys(s.Collectives)) {
		for _, member := range s.Collectives[group] {
			i := slices.IndexFunc(out, func(u ledger.Unit) bool {
				return u.Name == member ||
					slices.Contains(u.Aliases, member)
			})
			if i < 0 {
				i = len(out)
				out = append(out, ledger.Unit{Name: member})
			}
			if !slices.Contains(out[i].Groups, group) {
				out[i].Groups = append(out[i].Groups, group)
			}
		}
	}
	return out
}

func (a *app) syncOptions(password string) syncer.Options {
	s := a.settings
	return syncer.Options{
		Ledger:   a.ledgerOptions(),
		Author:   s.Author,
		Password: password,
		ReadOnly: s.ReadOnly,
		State:    s.Sync.State,
		Inbox:    s.Inbox,
		Poll:     s.Sync.Poll,
		Backups:  s.Sync.Backups,
		At:       a.asOf,
	}
}
