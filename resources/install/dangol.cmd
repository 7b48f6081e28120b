@echo off
rem dangol of the installed program, on Windows: the same program without its window.
"%~dp0..\..\Dangol Fieldbook.exe" --command-line -- %*
exit /b %errorlevel%
