@echo off
rem Windows: sets up .venv and draws both shipped studies into maps\. Needs Python 3.11 or newer.
cd /d "%~dp0.." || exit /b 1
if not exist .venv py -3 -m venv .venv || exit /b 1
.venv\Scripts\python -m pip install --quiet --constraint constraints.txt --editable . || exit /b 1
for %%s in (rostock musterstadt) do (
    .venv\Scripts\sro-geo run analyses\%%s --out maps\%%s || exit /b 1
)
echo %cd%\maps\rostock\index.html
echo %cd%\maps\musterstadt\index.html
echo Befehle: .venv\Scripts\sro-geo new MEIN-PROJEKT, dann check und run; .venv\Scripts\sro-geo --help zeigt alle.
