// Package msg holds every sentence that taizhang says to a person, in Chinese
// and in English.
//
// A package that has something to say never builds the sentence itself: it
// returns a [Text], which is a catalogue key with its arguments, or an [Error],
// which adds a class that programs can test and a hint that tells what to do.
// Only the outermost layer, which knows the reader's language, turns them into
// words with [Text.In] or [Explain].
//
// The catalogue is one YAML file for each package and language in catalog/,
// such as catalog/ooxml.zh.yaml, whose keys all begin with the file's name
// ("ooxml.not_zip"). Arguments are named: {{.File}}. A test holds the two
// languages and the code's uses of the keys against each other.
package msg

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Lang is a language of the interface. The zero value speaks Chinese.
type Lang string

// The languages in which the catalogue is complete.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// Text is a sentence that can be said in every language of the catalogue.
// The zero value says nothing.
type Text struct {
	Key  string         // catalogue key, such as "ooxml.not_zip"
	Args map[string]any // named arguments; a value that is itself a Text is said in the same language
}

// New makes a Text of a key and pairs of argument name and value:
//
//	msg.New("ooxml.not_zip", "File", path)
func New(key string, pairs ...any) Text {
	t := Text{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if t.Args == nil {
			t.Args = make(map[string]any, len(pairs)/2)
		}
		t.Args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return t
}

// Say is New(key, pairs...).In(lang).
func Say(lang Lang, key string, pairs ...any) string { return New(key, pairs...).In(lang) }

// IsZero reports whether t says nothing.
func (t Text) IsZero() bool { return t.Key == "" }

// In returns the sentence in lang. A key that the catalogue lacks comes back as
// it is, so that a mistake shows instead of hiding.
func (t Text) In(lang Lang) string {
	if t.Key == "" {
		return ""
	}
	if lang != EN {
		lang = ZH
	}
	if len(t.Args) == 0 {
		if s, ok := plain.Load(plainKey{lang, t.Key}); ok {
			return s.(string)
		}
	}
	args := make(map[string]any, len(t.Args))
	for name, v := range t.Args {
		switch v := v.(type) {
		case Text:
			args[name] = v.In(lang)
		case error:
			sentence, _ := Explain(lang, v)
			args[name] = sentence
		default:
			args[name] = v
		}
	}
	s, err := localizers()[lang].Localize(&i18n.LocalizeConfig{MessageID: t.Key, TemplateData: args})
	if err != nil {
		return t.Key
	}
	if len(t.Args) == 0 {
		plain.Store(plainKey{lang, t.Key}, s)
	}
	return s
}

// String is the sentence in English, for logs and test failures.
func (t Text) String() string { return t.In(EN) }

// Error is an error meant to be read by a person.
type Error struct {
	Class error // the sentinel that errors.Is finds, such as ooxml.ErrEncrypted; nil if callers need not tell it apart
	Text  Text  // one sentence: what is wrong, in which file, sheet and cell
	Hint  Text  // what to do about it; zero if there is nothing to do
	Err   error // the cause, nil if there is none
}

// Error is the sentence in English, followed by its cause.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Text.In(EN) + ": " + e.Err.Error()
	}
	return e.Text.In(EN)
}

// Unwrap gives errors.Is and errors.As the class and the cause.
func (e *Error) Unwrap() []error {
	var errs []error
	if e.Class != nil {
		errs = append(errs, e.Class)
	}
	if e.Err != nil {
		errs = append(errs, e.Err)
	}
	return errs
}

// Explain puts err into words: the sentence of the outermost [Error] in err's
// chain and its hint, which may be empty. An err without an Error in its chain
// comes back as err.Error().
func Explain(lang Lang, err error) (sentence, hint string) {
	if err == nil {
		return "", ""
	}
	var e *Error
	if !errors.As(err, &e) {
		return err.Error(), ""
	}
	return e.Text.In(lang), e.Hint.In(lang)
}

//go:embed catalog/*.yaml
var catalog embed.FS

type plainKey struct {
	lang Lang
	key  string
}

// plain caches sentences without arguments: screens ask for the same few
// hundred of them at every frame.
var plain sync.Map

var localizers = sync.OnceValue(func() map[Lang]*i18n.Localizer {
	bundle := i18n.NewBundle(language.Chinese)
	bundle.RegisterUnmarshalFunc("yaml", unmarshal)
	names, err := fs.Glob(catalog, "catalog/*.yaml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		if _, err := bundle.LoadMessageFileFS(catalog, name); err != nil {
			panic(fmt.Errorf("%s: %w", name, err)) // embedded: a test loads every file
		}
	}
	return map[Lang]*i18n.Localizer{
		ZH: i18n.NewLocalizer(bundle, "zh"),
		EN: i18n.NewLocalizer(bundle, "en"),
	}
})
