"""Reading documents in: files of five formats become plain data that the newsroom can work on.

Pure functions without a database. The ways in are `reading.read_document`,
`finding_files.find_documents`, `vocabulary.Vocabulary` and `assertions.sentences_that_assert`.
"""
