// Prints what go/parser reads of the imports of each Go file below a folder, one JSON object a line.
package main

import (
	"bufio"
	"encoding/json"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

type place struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type program struct {
	File     string  `json:"file"`
	Imports  []place `json:"imports"`
	Rejected bool    `json:"rejected"`
}

func main() {
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	err := filepath.WalkDir(os.Args[1], func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		return encoder.Encode(read(path))
	})
	if err != nil {
		panic(err)
	}
}

func read(path string) program {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, parser.ImportsOnly)
	result := program{File: path, Imports: []place{}, Rejected: err != nil}
	if file == nil {
		return result
	}
	for _, spec := range file.Imports {
		text, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		position := files.PositionFor(spec.Path.Pos(), false)
		result.Imports = append(result.Imports, place{text, position.Line, position.Column})
	}
	return result
}
